namespace MessengerOperator.Providers.Webhooks;

/// <summary>The outcome of reading a verified body.</summary>
public abstract record ParseResult
{
    private ParseResult()
    {
    }

    /// <summary>Not what the provider documents; answered 400.</summary>
    public static ParseResult NotReadable { get; } = new Malformed();

    /// <summary>The body was read.</summary>
    /// <param name="Items">In the provider's order; empty when there is nothing to tell (LINE's endpoint test).</param>
    public sealed record Events(IReadOnlyList<MessengerEvent> Items) : ParseResult;

    /// <summary>The body is not what the provider documents.</summary>
    public sealed record Malformed : ParseResult;
}
