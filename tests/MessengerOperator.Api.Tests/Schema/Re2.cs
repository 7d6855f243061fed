namespace MessengerOperator.Api.Tests.Schema;

/// <summary>The API server matches with RE2, we with .NET. They differ in little that our patterns use.</summary>
internal static class Re2
{
    private static readonly string[] Foreign = ["(?=", "(?!", "(?<", @"\1", @"\Z", "*+", "++", "?+", @"\w", @"\d", @"\s", "(?i)"];

    /// <summary>The pattern for .NET: there a dollar also matches before a line end, in RE2 it does not.</summary>
    /// <exception cref="NotSupportedException">The pattern has something that RE2 lacks or reads differently.</exception>
    public static string ToNet(string pattern)
    {
        if (Foreign.FirstOrDefault(part => pattern.Contains(part, StringComparison.Ordinal)) is { } foreign)
        {
            throw new NotSupportedException($"'{foreign}' in {pattern}: RE2 lacks it or reads it differently.");
        }

        // Dollars inside brackets are themselves.
        var result = new System.Text.StringBuilder();
        var inBrackets = false;
        foreach (var c in pattern)
        {
            inBrackets = c switch { '[' => true, ']' => false, _ => inBrackets };
            result.Append(c == '$' && !inBrackets ? @"\z" : c.ToString());
        }

        return result.ToString();
    }
}
