using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MessengerOperator.Api.Tests.Cel;

/// <summary>The part of CEL that our rules use, so that the rules in the resource definition are run by the tests and not only read.</summary>
/// <remarks>
/// No package for CEL could be had when this was written. Anything outside the part is an exception, so a rule that needs more is noticed. It was
/// held against another implementation (the npm package @bufbuild/cel) over the whole table of cases: same answers.
/// Values: JsonObject, JsonArray, string, long, bool, TimeSpan.
/// </remarks>
public sealed class CelExpression
{
    private readonly IReadOnlyList<CelToken> _tokens;
    private readonly Node _root;
    private int _next;

    private CelExpression(string expression)
    {
        _tokens = CelLexer.Read(expression);
        _root = Conditional();
        if (Peek.Kind != CelTokenKind.End)
        {
            throw new CelException($"'{Peek.Value}' is too much.");
        }
    }

    private delegate object Node(ImmutableDictionary<string, object> variables);

    private CelToken Peek => _tokens[_next];

    /// <exception cref="CelException">The expression is not CEL, or more than the part we know.</exception>
    public static CelExpression Parse(string expression) => new(expression);

    /// <exception cref="CelException">Evaluation is an error, or the result is no truth value.</exception>
    public bool Evaluate(JsonNode self, JsonNode? oldSelf = null)
    {
        var variables = ImmutableDictionary<string, object>.Empty.Add("self", CelValues.Of(self));
        variables = oldSelf is null ? variables : variables.Add("oldSelf", CelValues.Of(oldSelf));
        return CelValues.Truth(_root(variables));
    }

    private Node Conditional()
    {
        var condition = Or();
        if (!Take("?"))
        {
            return condition;
        }

        var then = Conditional();
        Expect(":");
        var otherwise = Conditional();
        return variables => CelValues.Truth(condition(variables)) ? then(variables) : otherwise(variables);
    }

    private Node Or()
    {
        var left = And();
        while (Take("||"))
        {
            left = Logical(left, And(), decisive: true);
        }

        return left;
    }

    private Node And()
    {
        var left = Relation();
        while (Take("&&"))
        {
            left = Logical(left, Relation(), decisive: false);
        }

        return left;
    }

    /// <summary>In CEL an error on one side does not matter when the other side decides, in either order.</summary>
    private static Node Logical(Node left, Node right, bool decisive) => variables =>
    {
        CelException? error = null;
        foreach (var side in (Node[])[left, right])
        {
            try
            {
                if (CelValues.Truth(side(variables)) == decisive)
                {
                    return decisive;
                }
            }
            catch (CelException exception)
            {
                error ??= exception;
            }
        }

        return error is null ? !decisive : throw error;
    };

    private Node Relation()
    {
        var left = Unary();
        while (Peek is { Kind: CelTokenKind.Symbol, Value: "==" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            var (first, symbol) = (left, _tokens[_next++].Value);
            var second = Unary();
            left = variables => CelValues.Compare(symbol, first(variables), second(variables));
        }

        return left;
    }

    private Node Unary()
    {
        if (!Take("!"))
        {
            return Member();
        }

        var operand = Unary();
        return variables => !CelValues.Truth(operand(variables));
    }

    private Node Member()
    {
        var target = Primary();
        while (Take("."))
        {
            var name = Name();
            var inner = target;
            target = Take("(") ? Method(inner, name) : variables => CelValues.Select(inner(variables), name);
        }

        return target;
    }

    private Node Primary()
    {
        var token = _tokens[_next++];
        switch (token)
        {
            case { Kind: CelTokenKind.Text }:
                return _ => token.Value;
            case { Kind: CelTokenKind.Number }:
                var number = long.Parse(token.Value, CultureInfo.InvariantCulture);
                return _ => number;
            case { Kind: CelTokenKind.Symbol, Value: "(" }:
                var inner = Conditional();
                Expect(")");
                return inner;
            case { Kind: CelTokenKind.Name, Value: "true" or "false" }:
                return _ => token.Value == "true";
            case { Kind: CelTokenKind.Name }:
                return Take("(") ? Function(token.Value) : variables => variables.TryGetValue(token.Value, out var value) ? value : throw new CelException($"No variable {token.Value}.");
            default:
                throw new CelException($"'{token.Value}' was not expected.");
        }
    }

    private Node Function(string name)
    {
        if (name == "has")
        {
            var target = Primary();
            Expect(".");
            var path = new List<string> { Name() };
            while (Take("."))
            {
                path.Add(Name());
            }

            Expect(")");
            return variables => CelValues.Has(path[..^1].Aggregate(target(variables), CelValues.Select), path[^1]);
        }

        var argument = Conditional();
        Expect(")");
        return name == "duration"
            ? variables => CelValues.Duration(argument(variables))
            : throw new CelException($"No function {name}.");
    }

    private Node Method(Node target, string name)
    {
        if (name is "exists" or "all")
        {
            var variable = Name();
            Expect(",");
            var body = Conditional();
            Expect(")");
            return variables =>
            {
                var results = CelValues.Elements(target(variables)).Select(element => CelValues.Truth(body(variables.SetItem(variable, element))));
                return name == "exists" ? results.Any(result => result) : results.All(result => result);
            };
        }

        if (name == "size")
        {
            Expect(")");
            return variables => CelValues.Size(target(variables));
        }

        var argument = Conditional();
        Expect(")");
        return variables => CelValues.Call(name, target(variables), argument(variables));
    }

    private string Name() => _tokens[_next++] is { Kind: CelTokenKind.Name } token ? token.Value : throw new CelException("A name was expected.");

    private bool Take(string symbol)
    {
        if (Peek.Kind != CelTokenKind.Symbol || Peek.Value != symbol)
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw new CelException($"'{symbol}' was expected before '{Peek.Value}'.");
        }
    }
}
