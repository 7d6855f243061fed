using System.Security.Cryptography;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>What is particular to a Vonage account: what its dashboard holds, and what support switches.</summary>
internal static class NexmoSetting
{
    /// <summary>A second API secret; two may be valid at once.</summary>
    public const string SecondApiSecret = "secondApiSecret";

    public const string SignatureSecret = "signatureSecret";

    /// <summary>The method of SMS signatures, for the whole account.</summary>
    public const string SignatureMethod = "signatureMethod";

    /// <summary>Whether support has switched signed SMS webhooks on.</summary>
    public const string Signed = "signed";

    /// <summary>How SMS webhooks are called.</summary>
    public const string Format = "format";

    /// <summary>"Default SMS Setting": which API inbound SMS go to.</summary>
    public const string DefaultApi = "defaultApi";

    /// <summary>Rented numbers, <c>GB/447700900000</c>, separated by commas.</summary>
    public const string Numbers = "numbers";

    /// <summary>Type and value of the voice callback that each number begins with, <c>app=...</c>.</summary>
    public const string VoiceCallback = "voiceCallback";

    /// <summary>The application that all numbers are linked to: changing it moves them.</summary>
    public const string NumbersApplication = "numbersApplication";

    /// <summary>Ids of the applications, separated by commas.</summary>
    public const string ApplicationIds = "applicationIds";

    public const string ApplicationName = "applicationName";

    /// <summary>Public key of the applications, PEM; without one they have a key that nobody knows.</summary>
    public const string PublicKey = "publicKey";

    /// <summary>Version of the Messages capability that applications begin with.</summary>
    public const string MessagesVersion = "messagesVersion";

    /// <summary>Whether an application may have empty addresses; Vonage does not say.</summary>
    public const string AcceptsEmptyAddresses = "acceptsEmptyAddresses";

    public const string Suspended = "suspended";

    /// <summary>Whether URLs are called before they are taken; off only for tests without a receiver.</summary>
    public const string Probes = "probes";

    /// <summary>Whether <c>moCallbackUrl</c> with a small b is understood as well.</summary>
    public const string LenientSpelling = "lenientSpelling";

    /// <summary>Which of Vonage's two articles on retries holds.</summary>
    public const string Retries = "retries";

    /// <summary>Whether each attempt has a timestamp and signature of its own; Vonage does not say.</summary>
    public const string SignsRetriesAfresh = "signsRetriesAfresh";

    /// <summary>Whether the first attempt of each Messages callback comes unsigned, as in Vonage's rare trouble.</summary>
    public const string FirstAttemptUnsigned = "firstAttemptUnsigned";

    public const string Get = "get";
    public const string Form = "post";
    public const string Json = "post-json";
    public const string Sms = "sms";
    public const string Messages = "messages";
    public const string Newer = "newer";
    public const string Older = "older";

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new(SecondApiSecret, ""),
        new(SignatureSecret, "made-up-signature-secret-0123456789", value => value.Length == 0 ? "is not empty" : null),
        OneOf(SignatureMethod, NexmoSmsSignature.Md5Hash, [.. NexmoSmsSignature.Methods]),
        SettingKey.Switch(Signed, on: false),
        OneOf(Format, Get, Get, Form, Json),
        OneOf(DefaultApi, Sms, Sms, Messages),
        new(Numbers, "GB/447700900000", value => NexmoNumbers.Parse(value) is null ? "is a list of COUNTRY/NUMBER" : null),
        new(VoiceCallback, "", value => value.Length == 0 || value.Contains('=', StringComparison.Ordinal) ? null : "is TYPE=VALUE"),
        new(NumbersApplication, ""),
        new(ApplicationIds, "cccccccc-0000-4000-8000-000000000001"),
        new(ApplicationName, "Acme Support"),
        new(PublicKey, "", value => value.Length == 0 || IsKey(value) ? null : "is an RSA public key, PEM"),
        OneOf(MessagesVersion, "v1", "v1", "v0.1"),
        SettingKey.Switch(AcceptsEmptyAddresses, on: true),
        SettingKey.Switch(Suspended, on: false),
        SettingKey.Switch(Probes, on: true),
        SettingKey.Switch(LenientSpelling, on: false),
        OneOf(Retries, Newer, Newer, Older),
        SettingKey.Switch(SignsRetriesAfresh, on: true),
        SettingKey.Switch(FirstAttemptUnsigned, on: false),
    ];

    private static SettingKey OneOf(string name, string initial, params string[] values) =>
        new(name, initial, value => values.Contains(value) ? null : $"is one of {string.Join(", ", values)}");

    private static bool IsKey(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
