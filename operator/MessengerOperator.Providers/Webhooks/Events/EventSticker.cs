namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sticker; its picture is an attachment where there is one.</summary>
/// <param name="Id">The provider's id within the set; null when it has none.</param>
/// <param name="SetId">The set or package; null when there is none.</param>
/// <param name="Emoji">The emoji that it stands for; null when unknown.</param>
public sealed record EventSticker(string? Id = null, string? SetId = null, string? Emoji = null);
