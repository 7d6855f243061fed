using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The part of an event that differs from kind to kind.</summary>
internal sealed class LineEventContents(LineMessages messages, CustomerMessage message)
{
    /// <summary>Option: the number of a room in place of the group.</summary>
    public const string Room = "room";

    private const string Url = "url";
    private const string Quoted = "quotedMessageId";
    private static readonly string[] Pickers = ["date", "time", "datetime"];

    /// <summary>The event without what all have.</summary>
    /// <param name="chat">Whose newest message is meant when none is named.</param>
    /// <exception cref="FormatException">An option is not of this kind.</exception>
    public JsonObject Of(string chat) => message.Kind switch
    {
        MessageKind.Text or MessageKind.Standby or MessageKind.GroupMessage => Message(chat, "text", new JsonObject { ["quoteToken"] = QuoteToken(), ["text"] = message.Text ?? "Hello" }, Room, Quoted),
        MessageKind.Photo => File(chat, "image", new JsonObject { ["quoteToken"] = QuoteToken() }),
        MessageKind.Video => File(chat, "video", new JsonObject { ["quoteToken"] = QuoteToken(), ["duration"] = 12_500 }),
        MessageKind.Audio or MessageKind.Voice => File(chat, "audio", new JsonObject { ["duration"] = 3_200 }),
        MessageKind.Document => Message(chat, "file", new JsonObject { ["fileName"] = message.Text ?? "invoice.pdf", ["fileSize"] = 20_480 }),
        MessageKind.Location => Message(chat, "location", new JsonObject { ["title"] = message.Text ?? "Office", ["address"] = "1 Sample St", ["latitude"] = message.Latitude, ["longitude"] = message.Longitude }),
        MessageKind.Sticker => Message(chat, "sticker", new JsonObject { ["quoteToken"] = QuoteToken(), ["packageId"] = "446", ["stickerId"] = "1988", ["stickerResourceType"] = "STATIC" }),
        MessageKind.CallbackQuery => Postback(),
        MessageKind.Started or MessageKind.Unblocked => Plain("follow", new JsonObject { ["follow"] = new JsonObject { ["isUnblocked"] = message.Kind == MessageKind.Unblocked } }),
        MessageKind.Blocked => Plain("unfollow", []),
        MessageKind.Deleted => Plain("unsend", new JsonObject { ["unsend"] = new JsonObject { ["messageId"] = message.ProviderMessageId ?? messages.NewestOf(chat) } }),
        MessageKind.GroupJoined => Plain("join", [], Room),
        MessageKind.GroupLeft => Plain("leave", [], Room),
        MessageKind.Unknown => Plain("telepathy", new JsonObject { ["telepathy"] = new JsonObject { ["thought"] = message.Text ?? "hm" } }),
        _ => throw new FormatException($"LINE has no {message.Kind}."),
    };

    /// <summary>There is nothing in it, so nothing can be said of it.</summary>
    public void Refuse() => Allow();

    private JsonObject Message(string chat, string type, JsonObject content, params ReadOnlySpan<string> options)
    {
        Allow(options);
        var whole = new JsonObject { ["type"] = type, ["id"] = messages.NewIdIn(chat) };
        foreach (var (name, value) in content)
        {
            whole[name] = value?.DeepClone();
        }

        if (message.Options.TryGetValue(Quoted, out var quoted))
        {
            whole[Quoted] = quoted;
        }

        return new JsonObject { ["type"] = "message", ["message"] = whole };
    }

    private JsonObject File(string chat, string type, JsonObject content)
    {
        content["contentProvider"] = message.Options.TryGetValue(Url, out var url)
            ? new JsonObject { ["type"] = "external", ["originalContentUrl"] = url, ["previewImageUrl"] = url }
            : new JsonObject { ["type"] = "line" };
        return Message(chat, type, content, Url);
    }

    private JsonObject Postback()
    {
        Allow(Pickers);
        var postback = new JsonObject { ["data"] = message.Text ?? "order=42" };
        if (message.Options.Count > 0)
        {
            var chosen = new JsonObject();
            foreach (var (name, value) in message.Options)
            {
                chosen[name] = value;
            }

            postback["params"] = chosen;
        }

        return new JsonObject { ["type"] = "postback", ["postback"] = postback };
    }

    private JsonObject Plain(string type, JsonObject content, params ReadOnlySpan<string> options)
    {
        Allow(options);
        var item = new JsonObject { ["type"] = type };
        foreach (var (name, value) in content)
        {
            item[name] = value?.DeepClone();
        }

        return item;
    }

    private void Allow(params ReadOnlySpan<string> options)
    {
        foreach (var name in message.Options.Keys)
        {
            if (!options.Contains(name))
            {
                throw new FormatException($"A LINE {message.Kind} has no option '{name}'.");
            }
        }
    }

    private static string QuoteToken() => "qt" + Random.Shared.NextInt64(1_000_000_000).ToString("d9", CultureInfo.InvariantCulture);
}
