using System.Diagnostics;
using System.Text;

namespace MessengerOperator.TestKit;

/// <summary>Collects what a process writes, line by line.</summary>
internal sealed class ProcessOutput
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text => Read(_output);

    public string Errors => Read(_errors);

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
        {
            to.AppendLine(line);
        }
    }

    private static string Read(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }
}
