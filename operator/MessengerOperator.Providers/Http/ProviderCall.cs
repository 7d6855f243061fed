namespace MessengerOperator.Providers.Http;

/// <summary>Names a call, for the budget, the log and the metrics; holds nothing secret.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Operation">The provider's name for the operation, from a closed set, for example <c>getMe</c>.</param>
/// <param name="BudgetKey">The account that is charged.</param>
public readonly record struct ProviderCall(string Provider, string Operation, string BudgetKey)
{
    /// <summary>The header of the answer with the id that the provider's support asks for; null when it has none.</summary>
    public string? RequestIdHeader { get; init; }
}
