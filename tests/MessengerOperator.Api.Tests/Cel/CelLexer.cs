using System.Text;

namespace MessengerOperator.Api.Tests.Cel;

internal enum CelTokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

internal readonly record struct CelToken(CelTokenKind Kind, string Value);

/// <summary>Cuts an expression into tokens.</summary>
internal static class CelLexer
{
    private static readonly string[] Symbols = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "?", ":", "(", ")", "[", "]", ".", ",", "+", "-"];

    public static IReadOnlyList<CelToken> Read(string expression)
    {
        var tokens = new List<CelToken>();
        var i = 0;
        while (i < expression.Length)
        {
            if (char.IsWhiteSpace(expression[i]))
            {
                i++;
                continue;
            }

            tokens.Add(Next(expression, ref i));
        }

        tokens.Add(new(CelTokenKind.End, ""));
        return tokens;
    }

    private static CelToken Next(string expression, ref int i) => expression[i] switch
    {
        '\'' or '"' => new(CelTokenKind.Text, Text(expression, ref i)),
        var c when char.IsAsciiDigit(c) => new(CelTokenKind.Number, While(expression, ref i, char.IsAsciiDigit)),
        var c when char.IsAsciiLetter(c) || c == '_' => new(CelTokenKind.Name, While(expression, ref i, static c => char.IsAsciiLetterOrDigit(c) || c == '_')),
        _ => new(CelTokenKind.Symbol, Symbol(expression, ref i)),
    };

    private static string Text(string expression, ref int i)
    {
        var quote = expression[i++];
        var text = new StringBuilder();
        while (i < expression.Length && expression[i] != quote)
        {
            if (expression[i] == '\\')
            {
                throw new CelException("Escapes in texts are left out of our rules on purpose: they read differently in YAML, JSON and CEL.");
            }

            text.Append(expression[i++]);
        }

        if (i++ >= expression.Length)
        {
            throw new CelException("A text does not end.");
        }

        return text.ToString();
    }

    private static string While(string expression, ref int i, Func<char, bool> belongs)
    {
        var start = i;
        while (i < expression.Length && belongs(expression[i]))
        {
            i++;
        }

        return expression[start..i];
    }

    private static string Symbol(string expression, ref int i)
    {
        foreach (var symbol in Symbols)
        {
            if (expression.AsSpan(i).StartsWith(symbol, StringComparison.Ordinal))
            {
                i += symbol.Length;
                return symbol;
            }
        }

        throw new CelException($"'{expression[i]}' is not understood.");
    }
}
