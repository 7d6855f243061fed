using System.Text.Json;

namespace MessengerOperator.Providers;

/// <summary>The provider's block of an integration's spec, as JSON (<c>spec.telegram</c> for Telegram). Holds no secret, only references to Secrets.</summary>
/// <param name="Block">A JSON object.</param>
public readonly record struct ProviderSettings(JsonElement Block)
{
    /// <summary>The text of a field; null when it is absent or not a text.</summary>
    public string? Text(string field) =>
        Block.ValueKind == JsonValueKind.Object && Block.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>An absolute address in a field; null when it is absent or not one.</summary>
    public Uri? Address(string field) => Uri.TryCreate(Text(field), UriKind.Absolute, out var address) ? address : null;

    /// <summary>The addresses that the block names in place of the provider's own: its fields whose names end in <c>BaseUrl</c>.</summary>
    public IEnumerable<(string Field, Uri Address)> BaseAddresses()
    {
        foreach (var field in Block.ValueKind == JsonValueKind.Object ? Block.EnumerateObject() : default)
        {
            if (field.Name.EndsWith("BaseUrl", StringComparison.Ordinal) && Address(field.Name) is { } address)
            {
                yield return (field.Name, address);
            }
        }
    }
}
