using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>Something a customer does; what is left out gets a sensible value.</summary>
public sealed record CustomerMessage
{
    /// <summary>What it is.</summary>
    public MessageKind Kind { get; set; }

    /// <summary>The customer; also the chat of private messages. Default 5000000001.</summary>
    public long CustomerId { get; set; } = 5_000_000_001;

    /// <summary>The chat; null is the private chat, or -1001900000001 for a group message.</summary>
    public long? ChatId { get; set; }

    /// <summary>The customer's first name.</summary>
    public string FirstName { get; set; } = "Ira";

    /// <summary>The customer's last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The customer's public name.</summary>
    public string? Username { get; set; }

    /// <summary>The customer's language, such as <c>uk</c>.</summary>
    public string? LanguageCode { get; set; }

    /// <summary>Text, caption, button data or the new text of an edit.</summary>
    public string? Text { get; set; }

    /// <summary>The message to edit, or the one whose button is pressed; null takes the chat's latest.</summary>
    public long? MessageId { get; set; }

    /// <summary>The same for providers whose message ids are text: what a receipt, an edit, a reaction or a deletion is about.</summary>
    public string? ProviderMessageId { get; set; }

    /// <summary>Latitude in degrees.</summary>
    public double Latitude { get; set; } = 50.4501;

    /// <summary>Longitude in degrees.</summary>
    public double Longitude { get; set; } = 30.5234;

    /// <summary>How often to send it; with <c>{n}</c> in the text replaced by the number from 1. At most 100000.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Over how many customers to spread a count: the ids follow <see cref="CustomerId"/>.</summary>
    public int Customers { get; set; } = 1;

    /// <summary>Queue the whole count before the first is delivered, so that providers that batch put them into few requests.</summary>
    public bool Batch { get; set; }

    /// <summary>What only this provider's events have, by name; the provider's module says which. Unknown names are refused.</summary>
    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();

    /// <summary>Other than Registered: sent once, outside the queue, with the header as told.</summary>
    public SecretHeader Secret { get; set; }
}
