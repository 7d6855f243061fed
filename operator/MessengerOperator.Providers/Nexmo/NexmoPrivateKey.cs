using System.Security.Cryptography;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>The RSA key of an application, as PEM.</summary>
internal static class NexmoPrivateKey
{
    private const string NotPem = "the private key is not an RSA private key in PEM form; store the whole file that Vonage gave when the application's key was generated, '-----BEGIN PRIVATE KEY-----' included";

    /// <summary>What is wrong with its form; null when nothing is. Never quotes the key.</summary>
    public static string? Problem(Secret key) => key.Reveal() switch
    {
        var value when string.IsNullOrWhiteSpace(value) => "the private key is empty",
        var value when value.Contains("-----BEGIN ENCRYPTED", StringComparison.Ordinal) => "the private key is encrypted; store it without a passphrase",
        var value when value.Contains("-----BEGIN PUBLIC KEY", StringComparison.Ordinal) => "that is a public key; the private key is needed",
        _ => PublicPartOf(key) is null ? NotPem : null,
    };

    /// <summary>
    /// Whether it is the private half of <paramref name="publicKey"/> (PEM). What is compared is the decoded SubjectPublicKeyInfo: the PEM texts may be wrapped differently.
    /// </summary>
    public static bool Matches(Secret key, string? publicKey) =>
        PublicPartOf(key) is { } ours && Read(publicKey, isPrivate: false) is { } theirs && ours.AsSpan().SequenceEqual(theirs);

    private static byte[]? PublicPartOf(Secret key) => Read(key.Reveal(), isPrivate: true);

    /// <summary>The SubjectPublicKeyInfo of a PEM; null when it is none.</summary>
    private static byte[]? Read(string? pem, bool isPrivate)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            if (isPrivate)
            {
                // A public key imports as well; only a private one exports this.
                CryptographicOperations.ZeroMemory(rsa.ExportRSAPrivateKey());
            }

            return rsa.ExportSubjectPublicKeyInfo();
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
