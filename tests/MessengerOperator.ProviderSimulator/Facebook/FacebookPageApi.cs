using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>What a page's token can ask: <c>/me</c> and <c>/{page}/subscribed_apps</c>.</summary>
internal sealed class FacebookPageApi(FacebookAccount page)
{
    public const string Scope = "page";

    private const string Method = "subscribed_apps";

    private static readonly string[] OfPages = ["id", "name", "username", "category", "link"];
    private static readonly string[] OfUsers = ["id", "name"];

    private IReadOnlyList<string>? _fields;
    private DateTimeOffset _since;

    /// <summary>The kinds of event that the app is subscribed to at the page; null when it is not.</summary>
    public IReadOnlyList<string>? Fields => Volatile.Read(ref _fields);

    /// <summary><c>/me</c>: the page, or the person when the token is a person's.</summary>
    public JsonAnswer Me(FacebookCall call)
    {
        var isPage = page.Settings[FacebookSettings.TokenType] == FacebookTokens.PageType;
        var known = isPage ? OfPages : OfUsers;
        var node = new JsonObject();
        foreach (var field in call.Arguments.List("fields") is { Count: > 0 } asked ? asked : OfUsers)
        {
            if (!known.Contains(field))
            {
                return FacebookAnswer.NoSuchField(field, isPage ? "Page" : "User");
            }

            if (Value(field, isPage) is { } value)
            {
                node[field] = value;
            }
        }

        node["id"] = isPage ? page.Id : FacebookTokens.UserId;
        return FacebookAnswer.Ok(node);
    }

    public JsonAnswer Get()
    {
        if (FacebookTokens.Without(page, "pages_show_list", 283) is { } refusal)
        {
            return refusal;
        }

        var data = new JsonArray();
        if (Fields is { } fields)
        {
            data.Add((JsonNode)new JsonObject
            {
                ["category"] = "Business",
                ["link"] = "https://example.org/",
                ["name"] = "Acme Bots",
                ["id"] = page.App.Id,
                ["subscribed_fields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]),
            });
        }

        return FacebookAnswer.Ok(new JsonObject { ["data"] = data });
    }

    public JsonAnswer Post(FacebookCall call)
    {
        var fields = call.Arguments.List("subscribed_fields");
        var answer = RefusalOf(fields) ?? FacebookAnswer.Success;
        if (answer.Status == StatusCodes.Status200OK)
        {
            Set(fields);
        }

        Record(RegistrationActor.Client, RegistrationChange.Set, call.Arguments.Values, answer);
        return answer;
    }

    public JsonAnswer Delete(FacebookCall call)
    {
        var answer = FacebookTokens.Without(page, "pages_manage_metadata", 200) ?? FacebookAnswer.Success;
        if (answer.Status == StatusCodes.Status200OK)
        {
            Set(null);
        }

        Record(RegistrationActor.Client, RegistrationChange.Removed, call.Arguments.Values, answer);
        return answer;
    }

    /// <summary>Subscribes, unsubscribes or changes the fields as somebody else, or as Facebook itself.</summary>
    public void Change(RegistrationActor actor, IReadOnlyList<string>? fields, string why)
    {
        Set(fields);
        page.Record(new RegistrationEvent(
            page.App.State.Time.Now, actor, fields is null ? RegistrationChange.Removed : RegistrationChange.Set, Method, new Dictionary<string, string>(), StatusCodes.Status200OK, why)
        {
            Scope = Scope,
        });
    }

    /// <summary>The subscription as the control API shows it; null when there is none.</summary>
    public Registration? Show() => Fields is not { } fields ? null : new Registration
    {
        Scope = Scope,
        Url = page.App.Subscription?.Url ?? string.Empty,
        AllowedUpdates = fields,
        SetAt = _since,
    };

    private JsonAnswer? RefusalOf(IReadOnlyList<string> fields)
    {
        if (fields.Count == 0)
        {
            return FacebookAnswer.Missing("subscribed_fields");
        }

        return FacebookFields.Refusal("subscribed_fields", fields)
            ?? FacebookTokens.Without(page, "pages_manage_metadata", 200)
            ?? FacebookTokens.Without(page, "pages_show_list", 200)
            ?? (FacebookFields.AreMessages(fields) && !page.Settings.List(FacebookSettings.Scopes).Contains("pages_messaging")
                ? FacebookAnswer.Error(200, "(#200) To subscribe to the messages field, one of these permissions is needed: pages_messaging, pages_messaging_subscriptions.")
                : null);
    }

    private void Set(IReadOnlyList<string>? fields)
    {
        _since = page.App.State.Time.Now;
        Volatile.Write(ref _fields, fields);
        page.Clock.Reset();
        page.Changes.Pulse();
    }

    private JsonNode? Value(string field, bool isPage) => field switch
    {
        "name" => isPage ? page.FirstName : "Ira Admin",
        "username" => page.Settings.IsOn(FacebookSettings.HasUsername) ? page.Username : null,
        "category" => "Software",
        "link" => $"https://www.facebook.com/{page.Id}",
        _ => null,
    };

    private void Record(RegistrationActor actor, RegistrationChange change, IReadOnlyDictionary<string, string> parameters, JsonAnswer answer) => page.Record(
        new RegistrationEvent(page.App.State.Time.Now, actor, change, Method, parameters, answer.Status, answer.Body?["error"]?["message"]?.GetValue<string>() ?? "success") { Scope = Scope });
}
