using System.Globalization;
using System.Text.Json;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Endpoints;

namespace MessengerOperator.Receiver.Commands;

/// <summary><c>messenger-receiver dead-letters</c>: asks the management port of a running receiver.</summary>
internal static class DeadLettersCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "dead-letters";

    private const string PortVariable = CommandLine.EnvironmentPrefix + "MANAGEMENT_PORT";
    private const int DefaultPort = 8081;
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Usage = """
        Usage: messenger-receiver dead-letters list                    [--management URL]
               messenger-receiver dead-letters redrive [--id ID]       [--management URL]
               messenger-receiver dead-letters discard --id ID | --all [--management URL]
        list prints one line each: id, put aside at, reason, the sink's status, source, event's id.
        redrive delivers the one, or all, once more. discard removes them for good.
        The management port of a running receiver is asked: http://127.0.0.1:8081, or the port that MESSENGER_RECEIVER_MANAGEMENT_PORT names, unless told otherwise.

        """;

    /// <summary>Runs the command; the exit code.</summary>
    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints go.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            await output.WriteAsync(Usage);
            return Done;
        }

        if (Read(arguments) is not { } request)
        {
            await error.WriteAsync(Usage);
            return WrongUsage;
        }

        // The receiver is beside us, or at the end of a forwarded port: never behind the proxy that the environment may name.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = request.Management, Timeout = Patience };
        try
        {
            await (request.Action == "list" ? ListAsync(client, output) : ChangeAsync(client, request, output));
            return Done;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException)
        {
            await error.WriteLineAsync($"messenger-receiver: {request.Management}: {exception.Message}");
            return Failed;
        }
    }

    private static Request? Read(IReadOnlyList<string> arguments)
    {
        if (arguments is not [("list" or "redrive" or "discard") and var action, ..])
        {
            return null;
        }

        var management = DefaultManagement();
        long? id = null;
        var all = false;
        for (var i = 1; i < arguments.Count; i++)
        {
            switch (arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : null)
            {
                case ("--management", { } text) when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https":
                    (management, i) = (address, i + 1);
                    break;
                case ("--id", { } text) when action != "list" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    (id, i) = (number, i + 1);
                    break;
                case ("--all", _) when action == "discard":
                    all = true;
                    break;
                default:
                    return null;
            }
        }

        return action == "discard" && all == id is not null ? null : new(action, management, id);
    }

    private static Uri DefaultManagement() => new UriBuilder(
        Uri.UriSchemeHttp,
        "127.0.0.1",
        int.TryParse(Environment.GetEnvironmentVariable(PortVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : DefaultPort).Uri;

    private static async Task ListAsync(HttpClient client, TextWriter output)
    {
        long? after = 0;
        while (after is { } from)
        {
            using var response = await client.GetAsync(new Uri($"{DeadLettersEndpoint.Path}?after={from}&limit={DeadLettersEndpoint.MostListed}", UriKind.Relative));
            var page = JsonSerializer.Deserialize(await ReadAsync(response), StatusJson.Default.DeadLettersDocument)!;
            foreach (var item in page.Items)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{item.Id}\t{item.PutAsideAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\t{item.Reason}\t{item.StatusCode}\t{item.Source}\t{Printable(item.EventId)}"));
            }

            after = page.Next;
        }
    }

    // An id is the provider's, and a terminal obeys some characters.
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));

    private static async Task ChangeAsync(HttpClient client, Request request, TextWriter output)
    {
        var path = request.Action == "redrive" ? DeadLettersEndpoint.RedrivePath : DeadLettersEndpoint.DiscardPath;
        var query = request.Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"?id={id}") : "?all=true";
        using var response = await client.PostAsync(new Uri(path + query, UriKind.Relative), content: null);
        var done = JsonSerializer.Deserialize(await ReadAsync(response), StatusJson.Default.DeadLettersDone)!;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done.Count} {(request.Action == "redrive" ? "redriven" : "discarded")}"));
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{(int)response.StatusCode} {text.Trim()}");
    }

    private sealed record Request(string Action, Uri Management, long? Id);
}
