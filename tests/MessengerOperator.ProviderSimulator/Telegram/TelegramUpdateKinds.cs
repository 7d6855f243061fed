using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The update kinds a bot can ask for, and the rules of <c>allowed_updates</c>.</summary>
internal static class TelegramUpdateKinds
{
    /// <summary>All kinds, in the order in which the server returns them.</summary>
    private static readonly string[] All =
    [
        "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result", "callback_query",
        "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request",
        "chat_boost", "removed_chat_boost", "message_reaction", "message_reaction_count", "business_connection", "business_message",
        "edited_business_message", "deleted_business_messages", "purchased_paid_media", "guest_message", "managed_bot",
    ];

    private static readonly string[] NotByDefault = ["chat_member", "message_reaction", "message_reaction_count"];

    private static readonly string[] Default = [.. All.Except(NotByDefault)];

    /// <summary>
    /// The set after a registration; empty is the default set. Absent and unreadable values keep the previous set, an empty
    /// list and a list of unknown names alone mean the default, and unknown names are ignored otherwise.
    /// </summary>
    public static IReadOnlyList<string> Apply(string argument, IReadOnlyList<string> previous)
    {
        if (argument.Length == 0)
        {
            return previous;
        }

        JsonNode? node;
        try
        {
            node = JsonNode.Parse(argument);
        }
        catch (JsonException)
        {
            return previous;
        }

        if (node is not JsonArray names || names.Any(name => name?.GetValueKind() != JsonValueKind.String))
        {
            return previous;
        }

        return Normalize([.. names.Select(name => name!.GetValue<string>())]);
    }

    /// <summary>Known names in the server's order; empty for the default set.</summary>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> names)
    {
        var known = All.Where(kind => names.Contains(kind, StringComparer.OrdinalIgnoreCase)).ToArray();
        return known.SequenceEqual(Default) ? [] : known;
    }

    /// <summary>Whether a bot with this set gets the kind. A kind nobody can ask for is always delivered, so that receivers can be tested with it.</summary>
    public static bool Delivers(IReadOnlyList<string> allowed, string kind) =>
        !All.Contains(kind) || (allowed.Count == 0 ? Default : allowed).Contains(kind);
}
