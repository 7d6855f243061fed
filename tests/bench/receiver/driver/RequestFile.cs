using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Bench.Receiver;

/// <summary>
/// Prepared requests in a file, as <c>load/post.lua</c> reads them: no two have the same event id, and each carries what proves it genuine.
/// They are made beforehand because a load generator that signs would compete with the server for the processor.
/// </summary>
internal sealed class RequestFile
{
    /// <summary>LINE's channel secret.</summary>
    public const string ChannelSecret = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";

    /// <summary>Telegram's secret token.</summary>
    public const string SecretToken = "Zm9vYmFy_secret-01";

    /// <summary>Customers that write; as many conversations.</summary>
    public const int Customers = 5000;

    /// <summary>The LINE account's id.</summary>
    public const string Destination = "U0123456789abcdef0123456789abcdef";

    private const int FirstTime = 1_790_000_000;

    private readonly string _path;
    private readonly long[] _offsets;

    private RequestFile(string path, string header, string urlPath, long[] offsets)
    {
        (_path, Header, UrlPath) = (path, header, urlPath);
        _offsets = offsets;
    }

    /// <summary>The header that proves a request genuine.</summary>
    public string Header { get; }

    /// <summary>The path to post to.</summary>
    public string UrlPath { get; }

    /// <summary>How many requests there are.</summary>
    public int Count => _offsets.Length;

    /// <summary>Writes <paramref name="count"/> requests of a messenger.</summary>
    /// <param name="path">The file.</param>
    /// <param name="messenger">Whose.</param>
    /// <param name="count">How many.</param>
    /// <param name="isGenuine">False for signatures that are well formed and wrong.</param>
    public static RequestFile Write(string path, Messenger messenger, int count, bool isGenuine = true)
    {
        var key = Encoding.ASCII.GetBytes(isGenuine ? ChannelSecret : new string('0', ChannelSecret.Length));
        var offsets = new long[count];
        using var file = File.Create(path, bufferSize: 1 << 20);
        for (var i = 0; i < count; i++)
        {
            offsets[i] = file.Position;
            var body = messenger == Messenger.Line ? LineBody([i]) : TelegramBody(i);
            var proof = messenger == Messenger.Line ? Convert.ToBase64String(HMACSHA256.HashData(key, body)) : SecretToken;
            file.Write(Encoding.ASCII.GetBytes(proof));
            file.WriteByte((byte)' ');
            file.Write(body);
            file.WriteByte((byte)'\n');
        }

        return messenger == Messenger.Line
            ? new(path, "x-line-signature", "/line", offsets)
            : new(path, "X-Telegram-Bot-Api-Secret-Token", "/telegram", offsets);
    }

    /// <summary>The load script's arguments for a part of the requests.</summary>
    public IReadOnlyList<string> ScriptArguments(int first, int count) =>
        [_path, _offsets[first].ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), Header];

    /// <summary>One request: what proves it, and its body.</summary>
    public (string Proof, byte[] Body) Read(int index)
    {
        using var reader = new StreamReader(_path, new FileStreamOptions { BufferSize = 4096 });
        reader.BaseStream.Position = _offsets[index];
        var line = reader.ReadLine()!;
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return (line[..blank], Encoding.UTF8.GetBytes(line[(blank + 1)..]));
    }

    /// <summary>A LINE request with several events, numbered from <paramref name="first"/>, and its signature.</summary>
    public static (string Proof, byte[] Body) LineBatch(int first, int count)
    {
        var body = LineBody(Enumerable.Range(first, count));
        return (Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(ChannelSecret), body)), body);
    }

    private static byte[] LineBody(IEnumerable<int> numbers) =>
        Encoding.UTF8.GetBytes($$"""{"destination":"{{Destination}}","events":[{{string.Join(',', numbers.Select(LineEvent))}}]}""");

    // As the provider's documents have it, in raw UTF-8; a request with one is 600 bytes. A text message in a chat with one customer.
    private static string LineEvent(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"type":"message","message":{"type":"text","id":"{{{500000000000000000 + i}}}","quoteToken":"q3Plxr4AgKd{{{i:D8}}}yHQ8zrFnOl0zPO2s0BbN4r1pXt7","text":"Good morning, order {{{i:D8}}} came with a broken handle. Can it be replaced before Friday, or shall I send it back? ありがとう"},"webhookEventId":"01J{{{i:D23}}}","deliveryContext":{"isRedelivery":false},"timestamp":{{{(FirstTime * 1000L) + i}}},"source":{"type":"user","userId":"U{{{i % Customers:x32}}}"},"replyToken":"{{{i:x32}}}","mode":"active"}
        """);

    // The same message as a Telegram update, which escapes what is not ASCII.
    private static byte[] TelegramBody(int i) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"update_id":{{{810000000 + i}}},"message":{"message_id":{{{100 + i}}},"from":{"id":{{{5000000000 + (i % Customers)}}},"is_bot":false,"first_name":"Iryna","last_name":"Kovalenko","username":"iryna_kovalenko","language_code":"uk"},"chat":{"id":{{{5000000000 + (i % Customers)}}},"first_name":"Iryna","last_name":"Kovalenko","username":"iryna_kovalenko","type":"private"},"date":{{{FirstTime + (i / 1000)}}},"text":"Good morning, order {{{i:D8}}} came with a broken handle. Can it be replaced before Friday? \u3042\u308a\u304c\u3068\u3046","entities":[{"offset":20,"length":8,"type":"phone_number"},{"offset":60,"length":2,"type":"bold"}]}}
        """));
}
