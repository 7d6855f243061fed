using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Who did it.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Type">A person, a bot or a group.</param>
/// <param name="Name">The name to show; null when there is none.</param>
/// <param name="Username">The public handle without any @; null when there is none.</param>
/// <param name="Language">IETF language tag; null when the provider does not tell.</param>
public sealed record EventSender(string Id, SenderType Type, string? Name = null, string? Username = null, string? Language = null);

/// <summary>The kinds of sender.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SenderType>))]
public enum SenderType
{
    /// <summary>A person.</summary>
    [JsonStringEnumMemberName("user")]
    User = 0,

    /// <summary>A program.</summary>
    [JsonStringEnumMemberName("bot")]
    Bot,

    /// <summary>A group or channel that speaks for itself (an anonymous administrator).</summary>
    [JsonStringEnumMemberName("conversation")]
    Conversation,
}
