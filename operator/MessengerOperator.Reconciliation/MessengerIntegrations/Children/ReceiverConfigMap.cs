using System.Text;
using System.Text.Json;
using k8s.Models;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The document that tells the receiver what to serve. Holds no secret.</summary>
internal static class ReceiverConfigMap
{
    public static V1ConfigMap Build(ReceiverPlan plan)
    {
        var configuration = new ReceiverConfiguration { Routes = [Route(plan)] };
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ReceiverPaths.ConfigurationKey] = JsonSerializer.Serialize(configuration, ReceiverJson.Default.ReceiverConfiguration),
        };

        if (plan.Sink.Http?.CaBundle is { } bundle)
        {
            data[ReceiverPaths.CaBundleKey] = Encoding.UTF8.GetString(Convert.FromBase64String(bundle));
        }

        return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = plan.Metadata(), Data = data };
    }

    private static ReceiverRoute Route(ReceiverPlan plan) => new()
    {
        Integration = $"{plan.Integration.Metadata.NamespaceProperty}/{plan.Integration.Metadata.Name}",
        Provider = plan.Integration.Spec.Provider.ToString(),
        Path = plan.Path,
        AccountId = plan.AccountId,
        AccountName = plan.AccountName,
        Settings = plan.Settings.Block,
        Keys = plan.VerificationKeys.ToDictionary(key => key.Name, ReceiverPaths.Key, StringComparer.Ordinal),
        ProbeKeyFile = ReceiverPaths.ProbeKey,
        Sink = new ReceiverSink { Http = Sink(plan) },
    };

    private static ReceiverHttpSink Sink(ReceiverPlan plan) => new()
    {
        Url = plan.Sink.Url,
        DenyPrivateAddresses = !plan.Sink.MayBePrivate,
        Headers = (plan.Sink.Http?.Headers ?? [])
            .Where(header => header.Value is not null)
            .ToDictionary(header => header.Name, header => header.Value!, StringComparer.OrdinalIgnoreCase),
        HeaderFiles = SinkSecrets.Headers(plan.Sink).ToDictionary(header => header.Name, header => $"{ReceiverPaths.Sink}/{header.File}", StringComparer.OrdinalIgnoreCase),
        BearerTokenFile = plan.Sink.Http?.BearerToken is null ? null : $"{ReceiverPaths.Sink}/{ReceiverPaths.BearerTokenKey}",
        CaBundleFile = plan.Sink.Http?.CaBundle is null ? null : $"{ReceiverPaths.Configuration}/{ReceiverPaths.CaBundleKey}",
    };
}
