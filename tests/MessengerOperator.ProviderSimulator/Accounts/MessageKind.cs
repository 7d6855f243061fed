namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What a customer does, or the provider on its own. No provider has all of them; an account's summary lists those it has.</summary>
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

    /// <summary>An audio file.</summary>
    Audio,

    /// <summary>A link.</summary>
    Link,

    /// <summary>The customer opens the conversation, before any message.</summary>
    Started,

    /// <summary>The customer comes by a link or an advertisement.</summary>
    Referral,

    /// <summary>The customer agrees to get messages.</summary>
    OptIn,

    /// <summary>A message is deleted or taken back.</summary>
    Deleted,

    /// <summary>A reaction to a message.</summary>
    Reaction,

    /// <summary>A reaction is taken back.</summary>
    ReactionRemoved,

    /// <summary>Receipt: the provider took a message of the account.</summary>
    Submitted,

    /// <summary>Receipt: a message of the account arrived.</summary>
    Delivered,

    /// <summary>Receipt: the customer read a message of the account.</summary>
    Read,

    /// <summary>Receipt: a message of the account could not be delivered.</summary>
    Failed,

    /// <summary>The provider repeats what the account itself sent.</summary>
    Echo,

    /// <summary>A message while another application owns the conversation.</summary>
    Standby,

    /// <summary>The account is taken into a group.</summary>
    GroupJoined,

    /// <summary>The account is put out of a group.</summary>
    GroupLeft,

    /// <summary>A request that the provider sends by itself and that holds no event.</summary>
    Probe,

    /// <summary>The sample event of the provider's console.</summary>
    TestEvent,
}
