using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Where messages are exchanged. Its id is also the CloudEvents <c>subject</c> and <c>partitionkey</c>.</summary>
/// <param name="Id">The provider's id, to which an answer is sent.</param>
/// <param name="Type">With one person, with several, or a broadcast.</param>
/// <param name="Title">A group's name; null when it has none.</param>
/// <param name="MigratedTo">The id under which this conversation goes on; null unless the provider changed it.</param>
/// <param name="MigratedFrom">The id that this conversation had before; null unless the provider changed it.</param>
public sealed record EventConversation(string Id, ConversationType Type, string? Title = null, string? MigratedTo = null, string? MigratedFrom = null);

/// <summary>The kinds of conversation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConversationType>))]
public enum ConversationType
{
    /// <summary>With one person.</summary>
    [JsonStringEnumMemberName("private")]
    Private = 0,

    /// <summary>With several.</summary>
    [JsonStringEnumMemberName("group")]
    Group,

    /// <summary>A broadcast.</summary>
    [JsonStringEnumMemberName("channel")]
    Channel,
}
