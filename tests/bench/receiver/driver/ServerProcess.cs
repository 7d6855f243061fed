using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace MessengerOperator.Bench.Receiver;

/// <summary>A contestant's process, from its start until it is disposed of.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly Surroundings _surroundings;

    private ServerProcess(Process process, Surroundings surroundings) => (_process, _surroundings) = (process, surroundings);

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The client that the driver asks it with.</summary>
    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>From starting the program to its first 200.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Starts it and sends it a genuine request until that is answered 200.</summary>
    /// <param name="contestant">Which.</param>
    /// <param name="surroundings">Where it is to live; its output goes to <c>log</c> in the folder.</param>
    /// <param name="requests">Requests that it understands; the first one is sent.</param>
    /// <exception cref="InvalidOperationException">It ended, or does not answer.</exception>
    public static async Task<ServerProcess> StartAsync(Contestant contestant, Surroundings surroundings, RequestFile requests)
    {
        var started = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Launch(contestant, surroundings), surroundings);
        try
        {
            var (proof, body) = requests.Read(0);
            while (!await server.AnswersAsync(requests, proof, body))
            {
                if (server._process.HasExited || Stopwatch.GetElapsedTime(started) > StartDeadline)
                {
                    throw new InvalidOperationException($"{contestant.Name} does not answer 200; its output is in {surroundings.Folder}/log");
                }

                await Task.Delay(StartPoll, TimeProvider.System);
            }

            server.StartedIn = Stopwatch.GetElapsedTime(started);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Where requests go.</summary>
    public Uri Url(RequestFile requests) => new($"http://127.0.0.1:{_surroundings.Port}{requests.UrlPath}");

    /// <summary>A receiver's events that are safe and not delivered.</summary>
    public async Task<long> BacklogAsync()
    {
        using var status = JsonDocument.Parse(await Client.GetStringAsync(new Uri($"http://127.0.0.1:{_surroundings.ManagementPort}/status")));
        return status.RootElement.GetProperty("routes")[0].GetProperty("backlog").GetInt64();
    }

    /// <summary>Posts one request; true when it was answered 200.</summary>
    public async Task<bool> AnswersAsync(RequestFile requests, string proof, byte[] body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url(requests)) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TryAddWithoutValidation(requests.Header, proof);
            using var response = await Client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // Through a shell's exec, so that its output goes to a file without anybody having to read along.
    private static Process Launch(Contestant contestant, Surroundings surroundings)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = surroundings.Folder };
        string[] arguments = ["-c", "exec \"$@\" >log 2>&1 </dev/null", "sh", .. contestant.Command(surroundings)];
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
}
