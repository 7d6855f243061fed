using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>What the SMS API sends, as parameters.</summary>
internal sealed class NexmoSmsEvents(NexmoAccount account, SimulationTime time)
{
    private const string GsmLetters = "£¥èéùìòÇØøÅåÄÖÑÜäöñüà§¿¡ßÆæÉΔΦΓΛΩΠΨΣΘΞ€";

    private long _next = Random.Shared.NextInt64(0x1000_0000, 0x7000_0000);
    private int _reference = Random.Shared.Next(200);

    public static IReadOnlyList<MessageKind> Kinds { get; } =
        [MessageKind.Text, MessageKind.Unknown, MessageKind.Submitted, MessageKind.Delivered, MessageKind.Failed];

    /// <summary>Options of a message: the number it goes to, and into how many parts it is cut.</summary>
    public static IReadOnlyList<string> Options { get; } = ["to", "parts"];

    public static bool IsReceipt(JsonObject body) => body["status"] is not null && body["type"] is null;

    /// <summary>The requests that a customer's message becomes, in the order in which they leave: the parts of a long one are mixed up.</summary>
    public IReadOnlyList<JsonObject> Make(CustomerMessage message) => message.Kind switch
    {
        MessageKind.Text => Text(message),
        MessageKind.Unknown => [Binary(message)],
        MessageKind.Submitted => [Receipt(message, "accepted", "0")],
        MessageKind.Delivered => [Receipt(message, "delivered", "0")],
        _ => [Receipt(message, "failed", "6")],
    };

    private List<JsonObject> Text(CustomerMessage message)
    {
        var text = message.Text ?? "hello operator";
        var isGsm = text.All(letter => letter < 0x80 || GsmLetters.Contains(letter, StringComparison.Ordinal));
        var parts = Cut(text, Parts(message, text, isGsm));
        var keyword = text.Split(' ')[0].ToUpperInvariant();
        var bodies = new List<JsonObject>();
        var reference = (++_reference % 256).ToString(CultureInfo.InvariantCulture);
        for (var index = 0; index < parts.Count; index++)
        {
            var body = Head(message);
            if (parts.Count > 1)
            {
                body["concat"] = "true";
                body["concat-ref"] = reference;
                body["concat-total"] = parts.Count.ToString(CultureInfo.InvariantCulture);
                body["concat-part"] = (index + 1).ToString(CultureInfo.InvariantCulture);
            }

            body["text"] = parts[index];
            body["type"] = isGsm ? "text" : "unicode";
            body["keyword"] = keyword;
            body["message-timestamp"] = Now();
            bodies.Add(body);
        }

        // The last part first, so that nobody may count on the order.
        return [.. bodies.TakeLast(1), .. bodies.SkipLast(1)];
    }

    private JsonObject Binary(CustomerMessage message)
    {
        var body = Head(message);
        body["data"] = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(message.Text ?? "hello"));
        body["udh"] = "050003110101";
        body["type"] = "binary";
        body["message-timestamp"] = Now();
        return body;
    }

    private JsonObject Receipt(CustomerMessage message, string status, string error) => new()
    {
        ["msisdn"] = Customer(message),
        ["to"] = To(message),
        ["network-code"] = "23410",
        ["messageId"] = message.ProviderMessageId ?? NewId(),
        ["price"] = "0.03330000",
        ["status"] = status,
        ["scts"] = time.Now.ToString("yyMMddHHmm", CultureInfo.InvariantCulture),
        ["err-code"] = error,
        ["api-key"] = account.Id,
        ["message-timestamp"] = Now(),
    };

    private JsonObject Head(CustomerMessage message) => new()
    {
        ["api-key"] = account.Id,
        ["msisdn"] = Customer(message),
        ["to"] = To(message),
        ["messageId"] = NewId(),
    };

    private static int Parts(CustomerMessage message, string text, bool isGsm)
    {
        if (message.Options.GetValueOrDefault("parts") is { } given)
        {
            return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var parts) && parts is > 0 and < 256
                ? parts
                : throw new FormatException("parts is 1 to 255.");
        }

        var (single, each) = isGsm ? (160, 153) : (70, 67);
        return text.Length <= single ? 1 : (text.Length + each - 1) / each;
    }

    private static List<string> Cut(string text, int parts)
    {
        var length = (text.Length + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(part => text[Math.Min(part * length, text.Length)..Math.Min((part + 1) * length, text.Length)])];
    }

    private static string Customer(CustomerMessage message) => message.CustomerId.ToString(CultureInfo.InvariantCulture);

    private string To(CustomerMessage message) => message.Options.GetValueOrDefault("to") ?? account.Numbers.All.Select(number => number.Msisdn).FirstOrDefault("447700900000");

    private string Now() => time.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"0A{Interlocked.Increment(ref _next):X14}");
}
