using System.Text;
using System.Text.Json;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>A member's part of the ConfigMap of its group: the document that tells the receiver what to serve. Holds no secret.</summary>
internal static class ReceiverConfigMap
{
    public static V1ConfigMap Build(ReceiverMember member)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { [member.Files.Document] = Document(member) };
        foreach (var sink in member.Sinks)
        {
            if (sink.CaBundle is { } bundle)
            {
                data[member.Files.CaBundle(sink.Place)] = Encoding.UTF8.GetString(Convert.FromBase64String(bundle));
            }
        }

        return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = member.Group.Metadata(), Data = data };
    }

    /// <summary>The document.</summary>
    public static string Document(ReceiverMember member) =>
        JsonSerializer.Serialize(new ReceiverConfiguration { Routes = [Route(member)] }, ReceiverJson.Default.ReceiverConfiguration);

    /// <summary>The routes in the documents of a ConfigMap, by key; a document that is not ours to read has none.</summary>
    public static IEnumerable<(MemberFiles Member, ReceiverRoute Route)> Routes(V1ConfigMap map)
    {
        foreach (var (key, text) in map.Data ?? new Dictionary<string, string>())
        {
            if (MemberFiles.OfDocument(key) is { } member)
            {
                foreach (var route in Read(text)?.Routes ?? [])
                {
                    yield return (member, route);
                }
            }
        }
    }

    private static ReceiverConfiguration? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ReceiverJson.Default.ReceiverConfiguration);
        }
        catch (JsonException)
        {
            return null; // somebody edited it; its member repairs it
        }
    }

    private static ReceiverRoute Route(ReceiverMember member) => new()
    {
        Integration = member.QualifiedName,
        Provider = member.Integration.Spec.Provider.ToString(),
        Path = member.Path,
        PathTokenFiles = member.PathCarriesToken ? MemberFiles.VerificationFiles(member.Files.Token) : null,
        AccountId = member.AccountId,
        AccountName = member.AccountName,
        Settings = member.Settings.Block,
        Keys = member.VerificationKeys.ToDictionary(key => key.Name, key => MemberFiles.VerificationFiles(member.Files.Verification(key)), StringComparer.Ordinal),
        ProbeKeyFile = MemberFiles.SecretFile(member.Files.ProbeKey),
        Sink = SinkDocument.Of(member.Sink, member.Files),
        Ordering = member.Integration.Spec.Delivery.Ordering == DeliveryOrdering.None ? nameof(DeliveryOrdering.None) : null,
        DeadLetterSink = member.DeadLetterSink is { } deadLetters ? SinkDocument.Of(deadLetters, member.Files) : null,
    };
}
