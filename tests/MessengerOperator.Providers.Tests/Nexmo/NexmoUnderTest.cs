using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Providers.Tests.Nexmo;

internal sealed class NexmoUnderTest : ProviderUnderTest
{
    private static readonly string PrivateKey = NewKey();

    public override string Name => "Nexmo";

    public override string? AccountId => NexmoVectors.ApiKey;

    public override IReadOnlyCollection<string> Essential => ["messageId", "message_uuid"];

    public override IReadOnlyList<string> BaseAddresses => ["NexmoRest", "NexmoApi"];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
    [
        Account("SMS of the account", NexmoVectors.SmsSettings("Sha256")),
        Account("SMS of two numbers", """{"apiKey":"abcd1234","mode":"Sms","signatureMethod":"Md5Hash","numbers":[{"number":"447700900000","country":"GB"},{"number":"48500100300","country":"PL"}]}"""),
        Account("SMS without signatures", """{"apiKey":"abcd1234","mode":"Sms","inboundVerification":"Path"}"""),
        Account("messages", NexmoVectors.MessagesSettings),
    ];

    public override IReadOnlyList<SignedSample> SignedSamples =>
    [
        .. NexmoVectors.Signatures.SelectMany(method => new[]
        {
            Form($"S1 {method.Key}", method.Key, $"{NexmoVectors.S1}&sig={method.Value.S1}"),
            Form($"S2 {method.Key}", method.Key, $"{NexmoVectors.S2}&sig={method.Value.S2}"),
        }),
        Form("S1 by GET", "Sha256", "") with
        {
            Method = "GET",
            Query = $"?{NexmoVectors.S1}&sig={NexmoVectors.Signatures["Sha256"].S1}",
            CoversBody = false,
            CoversQuery = true,
            MeaningOfParameters = query => MeaningOf(query.StartsWith('?') ? query[1..] : query),
        },
        Token("J1", NexmoVectors.J1, NexmoVectors.J1Token),
        Token("J2", NexmoVectors.J2, NexmoVectors.J2Token),
    ];

    /// <summary>A made-up RSA key, PEM.</summary>
    public static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    protected override string SettingsFor(string asset) =>
        asset.StartsWith("messages-", StringComparison.Ordinal) ? NexmoVectors.MessagesSettings : NexmoVectors.SmsSettings("Md5Hash");

    private static SampleAccount Account(string name, string settings) => new(name, settings, new Dictionary<string, string>
    {
        ["apiSecret"] = NexmoVectors.ApiSecret,
        ["signatureSecret"] = NexmoVectors.SmsSecret,
        ["privateKey"] = PrivateKey,
    });

    private static SignedSample Form(string name, string method, string body) => new()
    {
        Name = name,
        Keys = new Dictionary<string, string> { ["signatureSecret"] = NexmoVectors.SmsSecret },
        Settings = NexmoVectors.SmsSettings(method),
        Now = NexmoVectors.SignedAt,
        IsForm = true,
        Body = NexmoVectors.Utf8(body),
        MeaningOfParameters = MeaningOf,
    };

    private static SignedSample Token(string name, string body, string token) => new()
    {
        Name = name,
        Keys = new Dictionary<string, string> { ["signatureSecret"] = NexmoVectors.MessagesSecret },
        Settings = NexmoVectors.MessagesSettings,
        Now = NexmoVectors.SignedAt,
        Signature = ("Authorization", $"Bearer {token}"),
        Body = NexmoVectors.Utf8(body),
    };

    // Vonage signs sorted, decoded parameters, in whose values & and = count as _; a digest's hex digits have either case.
    private static string MeaningOf(string parameters) => string.Join('\0', parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Meaning).Order(StringComparer.Ordinal));

    private static string Meaning(string parameter)
    {
        var parts = parameter.Split('=', 2);
        var (name, value) = (Decode(parts[0]), Decode(parts.Length == 2 ? parts[1] : ""));
        return $"{name}\u0001{(name == "sig" ? value.ToUpperInvariant() : value.Replace('&', '_').Replace('=', '_'))}";
    }

    private static string Decode(string encoded)
    {
        var bytes = Encoding.Latin1.GetBytes(encoded);
        return Encoding.UTF8.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length) ?? []);
    }
}
