namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>The form of Pigeon Post's credentials: at least 16 printable ASCII characters without blanks.</summary>
internal static class PigeonCredentials
{
    public const string ApiToken = "apiToken";
    public const string SigningSecret = "signingSecret";

    private const int LeastLength = 16;

    /// <summary>What is wrong with a value's form; null when nothing is. Never quotes it.</summary>
    public static string? Problem(Secret secret) => secret.Reveal() switch
    {
        { Length: < LeastLength } => "it is shorter than any that Pigeon Post gives out",
        var value when value.Any(character => character is <= ' ' or > '~') => "it has a blank, a line break or a letter that Pigeon Post does not use",
        _ => null,
    };
}
