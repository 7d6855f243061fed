namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What a customer does.</summary>
public enum MessageKind
{
    /// <summary>A text in a private chat.</summary>
    Text,

    /// <summary>A photo in several sizes, perhaps with a caption.</summary>
    Photo,

    /// <summary>A document, perhaps with a caption.</summary>
    Document,

    /// <summary>A voice message.</summary>
    Voice,

    /// <summary>A video, perhaps with a caption.</summary>
    Video,

    /// <summary>A point on the map.</summary>
    Location,

    /// <summary>A sticker.</summary>
    Sticker,

    /// <summary>A contact card.</summary>
    Contact,

    /// <summary>A press on a button.</summary>
    CallbackQuery,

    /// <summary>A new text for an earlier message.</summary>
    EditedMessage,

    /// <summary>A text in a group.</summary>
    GroupMessage,

    /// <summary>The customer blocks the account.</summary>
    Blocked,

    /// <summary>The customer unblocks the account.</summary>
    Unblocked,

    /// <summary>A kind of event that nobody has heard of.</summary>
    Unknown,
}
