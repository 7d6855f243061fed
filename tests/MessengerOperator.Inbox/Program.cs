using MessengerOperator.Inbox;

// One option: --url URL, or INBOX_URL.
if (args is not ([] or ["--url", _]))
{
    await Console.Error.WriteLineAsync("Usage: MessengerOperator.Inbox [--url URL]    (default http://0.0.0.0:8092; INBOX_URL)");
    return 2;
}

var url = args is ["--url", var given] ? given : Environment.GetEnvironmentVariable("INBOX_URL") ?? "http://0.0.0.0:8092";
await using var inbox = await InboxApp.StartAsync(new InboxOptions { Url = url, Summaries = Console.Out });
Console.WriteLine($"inbox ready: post events to {inbox.EventsUri}");
await inbox.Stopped;
return 0;
