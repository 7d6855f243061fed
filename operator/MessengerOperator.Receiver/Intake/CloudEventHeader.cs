using System.Buffers;
using System.Globalization;
using System.Text;

namespace MessengerOperator.Receiver.Intake;

/// <summary>Encodes attribute values for HTTP headers (CloudEvents HTTP protocol binding 1.0, section 3.1.3.2).</summary>
/// <remarks>Values come from providers and their customers; a raw line break would split the request (knative/eventing#5427 lost dead letters to one).</remarks>
internal static class CloudEventHeader
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(character => character is not ('"' or '%'))]);

    /// <summary>The value with everything but printable ASCII percent-encoded, as well as the blank, the double quote and the percent sign.</summary>
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.IsBmp && Plain.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var part in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
            }
        }

        return encoded.ToString();
    }
}
