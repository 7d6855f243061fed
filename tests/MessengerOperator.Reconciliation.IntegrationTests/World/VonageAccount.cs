using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A Vonage account, used through the SMS API or through the Messages API.</summary>
/// <param name="Id">Its API key.</param>
/// <param name="ApiSecret">Its API secret.</param>
/// <param name="SignatureSecret">What its webhooks are signed with.</param>
/// <param name="ApplicationId">The application of the Messages API; null for the SMS API.</param>
/// <param name="PrivateKey">The application's private key, PEM; null for the SMS API.</param>
internal sealed record VonageAccount(string Id, string ApiSecret, string SignatureSecret, string? ApplicationId, string? PrivateKey) : Tenant
{
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Whether Vonage signs its webhooks; if not, a token in the path vouches for them.</summary>
    public bool IsSigned { get; init; } = true;

    /// <inheritdoc/>
    public override string Provider => "Nexmo";

    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override string Folder => ApplicationId is null ? "nexmo" : "nexmo-messages";

    /// <inheritdoc/>
    public override IReadOnlyList<string> BaseAddresses => ["NexmoApi", "NexmoRest"];

    /// <inheritdoc/>
    public override bool IsCalledWhileRegistering => ApplicationId is null;

    /// <inheritdoc/>
    public override AccountRequest Account => new() { Id = Id, Token = ApiSecret, Settings = Settings };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Credentials => PrivateKey is null
        ? new Dictionary<string, string> { ["apiSecret"] = ApiSecret, ["signatureSecret"] = SignatureSecret }
        : new Dictionary<string, string> { ["apiSecret"] = ApiSecret, ["signatureSecret"] = SignatureSecret, ["privateKey"] = PrivateKey };

    /// <inheritdoc/>
    public override JsonObject Spec
    {
        get
        {
            var account = new JsonObject { ["apiKey"] = Id };
            if (ApplicationId is not null)
            {
                account["applicationId"] = ApplicationId;
            }

            if (!IsSigned)
            {
                (account["inboundVerification"], account["signatureSecret"], account["signatureMethod"]) = ("Path", null, null);
            }

            return new JsonObject { ["nexmo"] = account };
        }
    }

    private Dictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?> { ["signatureSecret"] = SignatureSecret };
            if (PrivateKey is null)
            {
                (settings["signed"], settings["signatureMethod"]) = (IsSigned ? "true" : "false", "sha256");
                return settings;
            }

            using var key = RSA.Create();
            key.ImportFromPem(PrivateKey);
            (settings["defaultApi"], settings["applicationIds"], settings["publicKey"]) = ("messages", ApplicationId, key.ExportSubjectPublicKeyInfoPem());
            return settings;
        }
    }

    /// <summary>An account of the SMS API that no other test has.</summary>
    public static VonageAccount NewSms() => new(RandomNumberGenerator.GetHexString(8, lowercase: true), NewSecret(16), NewSecret(40), null, null);

    /// <summary>An account of the SMS API for which signatures were never switched on.</summary>
    public static VonageAccount NewUnsignedSms() => NewSms() with { IsSigned = false };

    /// <summary>An account of the Messages API that no other test has.</summary>
    public static VonageAccount NewMessages()
    {
        using var key = RSA.Create(2048);
        return NewSms() with { ApplicationId = Guid.NewGuid().ToString(), PrivateKey = key.ExportPkcs8PrivateKeyPem() };
    }

    private static string NewSecret(int length) => RandomNumberGenerator.GetString(SecretAlphabet, length);
}
