using System.Text.RegularExpressions;

namespace MessengerOperator.Providers.Viber;

/// <summary>The form of a bot's authentication token: three groups of hexadecimal digits, joined by hyphens.</summary>
internal static partial class ViberCredentials
{
    /// <summary>Field of the block that selects the token; also the verification key's name.</summary>
    public const string AuthToken = "authToken";

    /// <summary>What is wrong with a token's form; null when nothing is. Never quotes the token.</summary>
    public static string? Problem(Secret token) => token.Reveal() switch
    {
        "" => "the token is empty",
        var value when value.Trim().Length != value.Length => "the token has white space or a line break around it; store it without (kubectl create secret generic --from-literal does)",
        var value when !TokenForm.IsMatch(value) => "the token is not the three groups of hexadecimal digits joined by hyphens that Viber's admin panel shows",
        _ => null,
    };

    // About 16 digits each, but leading zeros are left out, and the length is not documented.
    [GeneratedRegex(@"\A[0-9A-Fa-f]{1,32}-[0-9A-Fa-f]{1,32}-[0-9A-Fa-f]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TokenForm { get; }
}
