using System.Text;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Facebook's check of the URL: <c>GET …?hub.mode=subscribe&amp;hub.challenge=…&amp;hub.verify_token=…</c>, to be answered with the challenge.</summary>
internal static class FacebookHandshake
{
    // Facebook sends about ten digits. The challenge is echoed, so it has no room for more than that.
    private const int MaxChallengeLength = 256;

    /// <summary>The answer to a GET request. Nothing but a check of the URL is a GET, so what is not one is refused.</summary>
    /// <param name="query">As it was sent.</param>
    /// <param name="tokens">The valid verify tokens.</param>
    public static HandshakeResult Answer(string query, ReadOnlySpan<byte[]> tokens)
    {
        // 403 also when they are missing: a 401 would ask for credentials that a GET cannot bring.
        if (Only(query, "hub.mode") != "subscribe" || Only(query, "hub.verify_token") is not { Length: > 0 } token)
        {
            return new HandshakeResult.Refused(VerificationResult.MalformedSignature);
        }

        if (!SignatureComparison.MatchesAny(Encoding.UTF8.GetBytes(token), tokens))
        {
            return new HandshakeResult.Refused(VerificationResult.WrongSignature);
        }

        return Only(query, "hub.challenge") is { Length: > 0 and <= MaxChallengeLength } challenge && !challenge.Any(char.IsControl)
            ? new HandshakeResult.Answer(challenge)
            : HandshakeResult.NotReadable;
    }

    /// <summary>The decoded value of a parameter that is there exactly once; otherwise null.</summary>
    private static string? Only(string query, string name)
    {
        string? found = null;
        var rest = query.AsSpan(query.StartsWith('?') ? 1 : 0);
        foreach (var range in rest.Split('&'))
        {
            var pair = rest[range];
            var equals = pair.IndexOf('=');
            if (equals < 0 || !pair[..equals].SequenceEqual(name))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = Uri.UnescapeDataString(pair[(equals + 1)..].ToString().Replace('+', ' '));
        }

        return found;
    }
}
