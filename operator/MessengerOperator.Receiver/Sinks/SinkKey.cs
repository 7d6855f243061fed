using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Names a connection by all that it depends on, as a hash: secrets are among it.</summary>
internal static class SinkKey
{
    /// <summary>The same for the same parts in the same order.</summary>
    /// <param name="kind">Kind of the sink.</param>
    /// <param name="parts">What it depends on; null differs from empty.</param>
    public static string Of(string kind, params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part?.Length ?? -1));
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? string.Empty));
        }

        return $"{kind} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
