using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>What is seen of an account's several registrations, as one.</summary>
internal static class Observations
{
    /// <summary>All differences; the first URL, report and manual action that there is. Visible only when each is.</summary>
    public static ObservedWebhook Together(IReadOnlyList<ObservedWebhook> observed) => observed is [var only]
        ? only
        : new(
            observed.Select(one => one.Url).FirstOrDefault(url => url is not null),
            [.. observed.SelectMany(one => one.Differences)],
            observed.Select(one => one.Delivery).FirstOrDefault(report => report is not null),
            observed.Select(one => one.ManualAction).FirstOrDefault(action => action is not null))
        {
            IsVisible = observed.All(one => one.IsVisible),
        };

    /// <summary>Differences with the scope in front, where an account has several.</summary>
    public static IEnumerable<string> Named(RegistrationScope scope, IReadOnlyList<string> differences) =>
        scope.Name is null ? differences : differences.Select(difference => $"{scope.Name} {difference}");
}
