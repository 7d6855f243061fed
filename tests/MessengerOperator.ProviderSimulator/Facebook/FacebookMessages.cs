using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary><c>/{page}/messages</c>: the page writes to a customer.</summary>
internal sealed class FacebookMessages(FacebookAccount page)
{
    private const int LongestText = 2000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public JsonAnswer Send(FacebookCall call)
    {
        var customer = call.Arguments.Object("recipient")?["id"]?.GetValue<string>();
        var message = call.Arguments.Object("message");
        var text = message?["text"]?.GetValue<string>();
        if (customer is null || text is null)
        {
            return FacebookAnswer.Missing(customer is null ? "recipient" : "message");
        }

        if (RefusalOf(customer, text, call.Arguments["tag"]) is { } refusal)
        {
            return refusal;
        }

        var echo = FacebookEvent.Echo(page, customer, text, page.App.Id, message!["metadata"]?.GetValue<string>());
        page.Record(new SentMessage(page.App.State.Time.Now, customer, echo.MessageId!, text, FromWebhookAnswer: false));
        page.Accept(echo);
        return FacebookAnswer.Ok(new JsonObject { ["recipient_id"] = customer, ["message_id"] = echo.MessageId });
    }

    private JsonAnswer? RefusalOf(string customer, string text, string? tag)
    {
        if (FacebookTokens.Without(page, "pages_messaging", 200) is { } refusal)
        {
            return refusal;
        }

        if (text.Length > LongestText)
        {
            return FacebookAnswer.Error(100, "(#100) Length of param message[text] must be less than or equal to 2000", 2018109);
        }

        return page.Conversations.LastWrote(customer) is not { } last ? FacebookAnswer.Error(100, "(#100) No matching user found", 2018001)
            : page.Conversations.HasBlocked(customer) ? FacebookAnswer.Error(551, "(#551) This person isn't available right now.", 1545041)
            : tag is null && page.App.State.Time.ProviderElapsed(last) > Window ? FacebookAnswer.Error(10, "(#10) This message is sent outside of allowed window.", 2018278)
            : null;
    }
}
