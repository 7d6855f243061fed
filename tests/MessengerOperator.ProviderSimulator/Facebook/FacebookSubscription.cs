using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>An app's webhook for pages.</summary>
/// <param name="Url">Where to.</param>
/// <param name="VerifyToken">What was shown when it was checked; never read back.</param>
/// <param name="Fields">The kinds of event, each with the API version that it was subscribed with.</param>
/// <param name="IsActive">Whether anything is delivered.</param>
/// <param name="SetAt">Since when.</param>
/// <param name="Connection">The way there.</param>
internal sealed record FacebookSubscription(
    string Url, string VerifyToken, IReadOnlyList<(string Name, string Version)> Fields, bool IsActive, DateTimeOffset SetAt, WebhookConnection Connection)
{
    public bool Has(string field) => Fields.Any(each => each.Name == field);
}
