using System.Diagnostics.Metrics;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>What the integrations are like. The conditions are read from the informer when somebody asks, so a deleted integration leaves no series behind.</summary>
internal sealed class IntegrationMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MessengerOperator.Integrations";

    private readonly ILister<MessengerIntegration> _integrations;
    private readonly Counter<long> _leaked;

    /// <summary>Makes the instruments.</summary>
    public IntegrationMetrics(IMeterFactory meters, ILister<MessengerIntegration> integrations)
    {
        _integrations = integrations;
        var meter = meters.Create(MeterName);
        _leaked = meter.CreateCounter<long>(
            "messenger_operator.registrations.leaked", "{registration}", "Registrations that could not be removed at the provider and may still exist there.");
        meter.CreateObservableGauge(
            "messenger_operator.integration.condition", Conditions, unit: null, "1 for the status that a condition of an integration has, by status.");
        meter.CreateObservableGauge(
            "messenger_operator.integration.pending_deliveries", Pending, "{delivery}", "Deliveries that wait at the provider, where it tells.");
        meter.CreateObservableGauge(
            "messenger_operator.integration.credentials_expiration", Expiry, "s", "When the credentials run out, in seconds since 1970, where the provider tells.");
    }

    /// <summary>Counts a registration that was given up.</summary>
    public void Leaked(MessengerProvider provider) => _leaked.Add(1, new KeyValuePair<string, object?>("provider", provider.ToString()));

    private IEnumerable<Measurement<int>> Conditions() =>
        from integration in _integrations.List()
        from condition in integration.Status?.Conditions ?? []
        select new Measurement<int>(1, [.. Tags(integration), new("condition", condition.Type), new("status", condition.Status)]);

    private IEnumerable<Measurement<long>> Pending() =>
        from integration in _integrations.List()
        where integration.Status?.Webhook?.PendingDeliveries is not null
        select new Measurement<long>(integration.Status!.Webhook!.PendingDeliveries!.Value, Tags(integration));

    private IEnumerable<Measurement<long>> Expiry() =>
        from integration in _integrations.List()
        where integration.Status?.Account?.CredentialsExpireAt is not null
        select new Measurement<long>(new DateTimeOffset(integration.Status!.Account!.CredentialsExpireAt!.Value, TimeSpan.Zero).ToUnixTimeSeconds(), Tags(integration));

    private static KeyValuePair<string, object?>[] Tags(MessengerIntegration integration) =>
    [
        new("namespace", integration.Metadata.NamespaceProperty),
        new("name", integration.Metadata.Name),
        new("provider", integration.Spec.Provider.ToString()),
    ];
}
