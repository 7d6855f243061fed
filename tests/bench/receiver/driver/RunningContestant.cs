using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.Bench.Receiver;

/// <summary>A contestant's process, from its start until it is disposed of.</summary>
internal sealed class RunningContestant : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };

    private RunningContestant(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where requests go.</summary>
    public Uri Url { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>From starting the program to its first 200.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Starts it and sends it one genuine request until that is answered 200.</summary>
    /// <param name="contestant">Which.</param>
    /// <param name="folder">An empty folder for its files; its output goes to <c>log</c> there.</param>
    /// <param name="requests">Requests that it understands.</param>
    /// <param name="first">Which of them to send.</param>
    /// <exception cref="InvalidOperationException">It ended, or does not answer.</exception>
    public static async Task<RunningContestant> StartAsync(Contestant contestant, string folder, RequestFile requests, int first)
    {
        var port = FreePort();
        var started = Stopwatch.GetTimestamp();
        var running = new RunningContestant(Launch(contestant, port, folder), new($"http://127.0.0.1:{port}{requests.UrlPath}"));
        try
        {
            var (proof, body) = requests.Read(first);
            while (!await running.AnswersAsync(requests.Header, proof, body))
            {
                if (running._process.HasExited || Stopwatch.GetElapsedTime(started) > StartDeadline)
                {
                    throw new InvalidOperationException($"{contestant.Name} does not answer 200; its output is in {folder}/log");
                }

                await Task.Delay(StartPoll, TimeProvider.System);
            }

            running.StartedIn = Stopwatch.GetElapsedTime(started);
            return running;
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // Through a shell's exec, so that its output goes to a file without anybody having to read along.
    private static Process Launch(Contestant contestant, int port, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        string[] arguments = ["-c", "exec \"$@\" >log 2>&1 </dev/null", "sh", .. contestant.Command(port, folder)];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in contestant.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<bool> AnswersAsync(string header, string proof, byte[] body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TryAddWithoutValidation(header, proof);
            using var response = await _client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
