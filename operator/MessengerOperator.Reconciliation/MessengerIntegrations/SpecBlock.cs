using System.Text.Json;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Reads the block that <c>spec.provider</c> names, without knowing any provider.</summary>
internal static class SpecBlock
{
    /// <summary>The provider's block as JSON; empty when it is missing.</summary>
    public static ProviderSettings Of(MessengerIntegrationSpec spec)
    {
        using var document = JsonDocument.Parse(KubernetesJson.Serialize(spec));
        var name = JsonNamingPolicy.CamelCase.ConvertName(spec.Provider.ToString());
        return new ProviderSettings(document.RootElement.TryGetProperty(name, out var block) ? block.Clone() : default);
    }

    /// <summary>The SecretKeySelector in a field of the block; null when the field is absent.</summary>
    public static SecretKeySelector? Selector(ProviderSettings settings, string field) =>
        settings.Block.ValueKind == JsonValueKind.Object
        && settings.Block.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("name", out var name)
        && value.TryGetProperty("key", out var key)
            ? new SecretKeySelector { Name = name.GetString() ?? "", Key = key.GetString() ?? "" }
            : null;
}
