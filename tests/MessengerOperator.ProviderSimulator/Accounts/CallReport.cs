namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>The calls an account received since it was made, or since they were cleared.</summary>
/// <param name="Total">All calls.</param>
/// <param name="Counts">Calls by method.</param>
/// <param name="Calls">The calls, oldest first; the newest ten thousand.</param>
public sealed record CallReport(int Total, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<ProviderCall> Calls)
{
    /// <summary>Calls of one method, 0 when there were none.</summary>
    public int Of(string method) => Counts.GetValueOrDefault(method);
}
