namespace MessengerOperator.Providers.Nexmo;

/// <summary>The credentials of a Vonage account, and their form. No message quotes a value.</summary>
internal static class NexmoCredentials
{
    /// <summary>Signs API calls in. Two may be valid at once.</summary>
    public const string ApiSecret = "apiSecret";

    /// <summary>Verifies inbound requests, in both modes.</summary>
    public const string SignatureSecret = "signatureSecret";

    /// <summary>RSA key of the application; proves that answers can be sent in its name.</summary>
    public const string PrivateKey = "privateKey";

    private const int MinApiSecret = 6;
    private const int MaxApiSecret = 32;

    private static readonly CredentialField ApiSecretField = new(ApiSecret, Required: true, ApiSecretProblem);
    private static readonly CredentialField SignatureSecretField = new(SignatureSecret, Required: true, SignatureSecretProblem);
    private static readonly CredentialField PrivateKeyField = new(PrivateKey, Required: true, NexmoPrivateKey.Problem);

    private static readonly CredentialField[] ForCalls = [ApiSecretField];
    private static readonly CredentialField[] ForSms = [ApiSecretField, SignatureSecretField];
    private static readonly CredentialField[] ForMessages = [ApiSecretField, SignatureSecretField, PrivateKeyField];

    /// <summary>What an account with these settings needs. Without a mode (a removal knows none) it is what API calls need.</summary>
    public static IReadOnlyList<CredentialField> Of(NexmoSettings settings) => settings switch
    {
        { IsMessages: true } => ForMessages,
        { IsSms: true, TrustsPath: false } => ForSms,
        _ => ForCalls,
    };

    // Vonage asks for 8 to 25 characters today; old secrets are shorter.
    private static string? ApiSecretProblem(Secret secret) => secret.Reveal() switch
    {
        var value when Blank("the API secret", value) is { } problem => problem,
        { Length: < MinApiSecret or > MaxApiSecret } => "the API secret is not 6 to 32 characters long; copy it from Vonage's dashboard, API settings",
        var value when value.AsSpan().ContainsAnyExceptInRange('!', '~') => "the API secret holds a character that Vonage's secrets never have",
        _ => null,
    };

    private static string? SignatureSecretProblem(Secret secret) => Blank("the signature secret", secret.Reveal());

    private static string? Blank(string what, string value) => value switch
    {
        "" => $"{what} is empty",
        _ when value.Trim().Length != value.Length => $"{what} has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)",
        _ => null,
    };
}
