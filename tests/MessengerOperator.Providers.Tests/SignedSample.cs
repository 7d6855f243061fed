using System.Text.Json;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests;

/// <summary>A genuine request with all that its verification needs. Immutable; the suites change one thing at a time and expect a refusal.</summary>
internal sealed record SignedSample
{
    /// <summary>Names the sample in a failed test.</summary>
    public required string Name { get; init; }

    /// <summary>The verification secrets by <see cref="VerificationKey.Name"/>.</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>With its question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    public byte[] Body { get; init; } = [];

    /// <summary>The header field that carries the signature; null when a parameter of the body or query does.</summary>
    public (string Name, string Value)? Signature { get; init; }

    /// <summary>Whether the signature covers the body (not so for Telegram).</summary>
    public bool CoversBody { get; init; } = true;

    /// <summary>Whether the signature covers the query.</summary>
    public bool CoversQuery { get; init; }

    /// <summary>Whether the body is form parameters; JSON otherwise.</summary>
    public bool IsForm { get; init; }

    /// <summary>The provider's block of the spec, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>Time of arrival.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>What a signature header's value means: two values with one meaning are not told apart (hex digits of either case).</summary>
    public Func<string, string> MeaningOfSignature { get; init; } = value => value;

    /// <summary>The same for the body or query, where the signature is not over its bytes but over the parameters in it. Bytes as Latin-1.</summary>
    public Func<string, string> MeaningOfParameters { get; init; } = value => value;

    /// <summary>The verdict on it, with the signature field as often as <paramref name="times"/> says.</summary>
    public VerificationResult Verify(string provider, int times = 1)
    {
        var headers = new TestHeaders([.. Enumerable.Repeat(Signature, times).OfType<(string, string)>()]);
        var keys = new WebhookKeys(Keys.Select(key => new KeyValuePair<string, IReadOnlyList<Secret>>(key.Key, [new Secret(key.Value)])));
        using var settings = JsonDocument.Parse(Settings);
        return TestProviders.Get(provider).Webhook.Verify(new(Method, "/", Query, headers, Body), new(keys, new(settings.RootElement), Now));
    }
}
