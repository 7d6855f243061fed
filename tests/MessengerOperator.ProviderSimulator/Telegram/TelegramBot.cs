using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>Who a bot is.</summary>
internal sealed record TelegramBot(long Id, string Username, string FirstName)
{
    /// <summary>The answer to <c>getMe</c>.</summary>
    public JsonObject ToMe()
    {
        var me = ToUser();
        me["can_join_groups"] = true;
        me["can_read_all_group_messages"] = false;
        me["supports_inline_queries"] = false;
        me["can_connect_to_business"] = false;
        me["has_main_web_app"] = false;
        return me;
    }

    public JsonObject ToUser() => new() { ["id"] = Id, ["is_bot"] = true, ["first_name"] = FirstName, ["username"] = Username };
}
