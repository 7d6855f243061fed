using System.Text.Json;

namespace MessengerOperator.Providers;

/// <summary>The provider's block of an integration's spec, as JSON (<c>spec.telegram</c> for Telegram). Holds no secret, only references to Secrets.</summary>
/// <param name="Block">A JSON object.</param>
public readonly record struct ProviderSettings(JsonElement Block)
{
    /// <summary>The text of a field; null when it is absent or not a text.</summary>
    public string? Text(string field) =>
        Block.ValueKind == JsonValueKind.Object && Block.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The fields that name a base address of the provider's API, by convention all whose name ends in <c>BaseUrl</c>.</summary>
    public IEnumerable<(string Field, Uri Address)> BaseAddresses()
    {
        var settings = this;
        return Block.ValueKind != JsonValueKind.Object
            ? []
            : Block.EnumerateObject()
                .Where(field => field.Name.EndsWith("BaseUrl", StringComparison.Ordinal))
                .Select(field => (Field: field.Name, Address: settings.Address(field.Name)))
                .Where(field => field.Address is not null)
                .Select(field => (field.Field, field.Address!));
    }

    /// <summary>An absolute address in a field; null when it is absent or not one.</summary>
    public Uri? Address(string field) => Uri.TryCreate(Text(field), UriKind.Absolute, out var address) ? address : null;
}
