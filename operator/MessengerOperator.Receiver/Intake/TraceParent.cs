using System.Buffers;

namespace MessengerOperator.Receiver.Intake;

/// <summary>Checks W3C trace context that a request carries.</summary>
internal static class TraceParent
{
    private const int Length = 55;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The value when it is a version 00 <c>traceparent</c>; otherwise null.</summary>
    public static string? Valid(string? value) =>
        value is { Length: Length }
        && value.StartsWith("00-", StringComparison.Ordinal)
        && value[35] == '-'
        && value[52] == '-'
        && IsId(value.AsSpan(3, 32))
        && IsId(value.AsSpan(36, 16))
        && !value.AsSpan(53).ContainsAnyExcept(Hex)
            ? value
            : null;

    private static bool IsId(ReadOnlySpan<char> id) => !id.ContainsAnyExcept(Hex) && id.ContainsAnyExcept('0');
}
