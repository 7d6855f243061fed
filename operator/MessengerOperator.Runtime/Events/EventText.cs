using System.Text;

namespace MessengerOperator.Runtime.Events;

/// <summary>Makes a text fit into an event.</summary>
internal static class EventText
{
    private const int MaxBytes = 1024;
    private const char Ellipsis = '…';

    /// <summary>Cuts at 1024 bytes of UTF-8, never within a character.</summary>
    public static string Fit(string message)
    {
        if (Encoding.UTF8.GetByteCount(message) <= MaxBytes)
        {
            return message;
        }

        var left = MaxBytes - Encoding.UTF8.GetByteCount([Ellipsis]);
        var cut = new StringBuilder();
        foreach (var rune in message.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.Append(Ellipsis).ToString();
    }
}
