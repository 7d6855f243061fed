using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>One page's part of a request.</summary>
/// <param name="PageId">The page: <c>entry.id</c>. Not the recipient, which in echoes is the customer.</param>
/// <param name="Product">The <c>object</c> of the request; <c>page</c> for Messenger.</param>
/// <param name="SentTime">The entry's time as it was sent; null when there is none.</param>
/// <param name="Time">The entry's time, or that of arrival.</param>
/// <param name="OwnApp">Id of our Meta app; null when the settings do not name it.</param>
/// <param name="Body">The request's body, to cut originals from.</param>
internal readonly record struct FacebookEntry(string? PageId, string Product, long? SentTime, DateTimeOffset Time, string? OwnApp, ReadOnlyMemory<byte> Body)
{
    private const string Messenger = "page";
    private const string Messaging = "messaging";
    private const string Standby = "standby";
    private const string Changes = "changes";
    private const int HashBytes = 16;

    /// <summary>Adds the events of this entry, in their order.</summary>
    public void AddTo(List<MessengerEvent> events, JsonElement entry)
    {
        var isKnown = false;
        if (entry.ValueKind == JsonValueKind.Object)
        {
            foreach (var list in entry.EnumerateObject().Where(property => property is { Name: Messaging or Standby or Changes, Value.ValueKind: JsonValueKind.Array }))
            {
                isKnown = true;
                foreach (var item in list.Value.EnumerateArray())
                {
                    Add(events, list.Name, item);
                }
            }
        }

        if (!isKnown)
        {
            events.Add(Other("entry", entry));
        }
    }

    /// <summary>An event that the schema has no type for.</summary>
    public MessengerEvent Other(string kind, JsonElement item) => new()
    {
        Id = OfPage(IdByContent(item)),
        Type = EventType.Other,
        AccountId = PageId,
        Data = new() { Time = Time, Kind = kind, Original = WebhookJson.Slice(Body, item) },
    };

    /// <summary>An id for an event that has none, without the page: equal for equal bytes, and of the entry's time when the item has no time of its own.</summary>
    public string IdByContent(JsonElement item)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(WebhookJson.Slice(Body, item).Utf8.Span, hash);
        var id = Convert.ToHexStringLower(hash[..HashBytes]);
        return item.Integer("timestamp") is null && SentTime is { } time ? $"{time.ToString(CultureInfo.InvariantCulture)}-{id}" : id;
    }

    // What is unique with Facebook may be so within a page only.
    private string OfPage(string id) => PageId is null ? id : $"{PageId}-{id}";

    private void Add(List<MessengerEvent> events, string list, JsonElement item)
    {
        if (list == Changes)
        {
            events.Add(Other($"{Changes}.{item.Text("field") ?? FacebookItem.Unknown}", item));
        }
        else if (FacebookItem.Read(item, this) is { } read)
        {
            events.Add(list == Standby ? Foreign(read, Standby) : Product == Messenger ? read with { Id = OfPage(read.Id) } : Foreign(read, Product));
        }
    }

    // Somebody else's conversation, or another product of Meta: told, but not as if a customer had written to us.
    private MessengerEvent Foreign(MessengerEvent read, string origin) => read with
    {
        Id = OfPage($"{origin}-{read.Id}"),
        Type = EventType.Other,
        Data = read.Data with { Kind = $"{origin}.{read.Data.Kind}" },
    };
}
