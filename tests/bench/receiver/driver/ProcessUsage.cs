using System.Globalization;

namespace MessengerOperator.Bench.Receiver;

/// <summary>What the kernel says about a process (<c>/proc</c>).</summary>
internal static class ProcessUsage
{
    // USER_HZ: fixed by the kernel's interface to programs, whatever its own clock is.
    private const double TicksPerSecond = 100;
    private const int UserTicksAfterName = 11;
    private const double KibPerMib = 1024;

    /// <summary>Processor time of all its threads, user and system, since it began. Steps of 10 ms.</summary>
    public static TimeSpan Cpu(int pid)
    {
        // The name is in brackets and may hold anything; the fields after it are plain.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTicksAfterName], CultureInfo.InvariantCulture) + long.Parse(fields[UserTicksAfterName + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Resident memory in MiB, mapped files included.</summary>
    public static double ResidentMib(int pid)
    {
        foreach (var line in File.ReadLines($"/proc/{pid}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                return double.Parse(line.AsSpan("VmRSS:".Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / KibPerMib;
            }
        }

        throw new InvalidDataException($"Process {pid} has no resident memory.");
    }
}
