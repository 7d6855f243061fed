using System.Diagnostics;
using System.Globalization;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>The process of a pod's container: the cluster's node is this machine.</summary>
internal static class ContainerProcess
{
    /// <summary>Kills the processes of a pod that run this program, as the kernel does when memory runs out.</summary>
    public static void Kill(string podUid, string program)
    {
        var found = Directory.EnumerateDirectories("/proc").Where(folder => IsOf(folder, podUid, program)).ToList();
        Assert.NotEmpty(found);
        foreach (var folder in found)
        {
            using var process = Process.GetProcessById(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
            process.Kill();
        }
    }

    private static bool IsOf(string folder, string podUid, string program)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cgroup")).Contains(podUid, StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0')[0].EndsWith($"/{program}", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // no process, or one that ended just now
        }
    }
}
