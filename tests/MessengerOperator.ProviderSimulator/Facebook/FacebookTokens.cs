using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Whether a token lets a call through, and what <c>debug_token</c> says of one.</summary>
internal static class FacebookTokens
{
    public const string PageType = "PAGE";

    /// <summary>The person behind every token.</summary>
    public const string UserId = "330000000000003";

    private const string Unparsable = "Invalid OAuth access token - Cannot parse access token";

    private static readonly Dictionary<string, string> Deaths = new(StringComparer.Ordinal)
    {
        ["458"] = "The user has not authorized application.",
        ["459"] = "You cannot access the app till you log in to www.facebook.com and follow the instructions given.",
        ["460"] = "The session has been invalidated because the user changed the password.",
        ["463"] = "Session has expired.",
        ["464"] = "Sessions for the user are not allowed because the user is not a confirmed user.",
        ["467"] = "The access token is invalid.",
    };

    /// <summary>The refusal of a call because of who makes it; null for a genuine caller.</summary>
    public static JsonAnswer? Refusal(FacebookCall call, FacebookApp? caller)
    {
        if (call.Token is null)
        {
            return FacebookAnswer.Error(104, "An access token is required to request this resource.");
        }

        if (call.IsApp)
        {
            return caller is null ? FacebookAnswer.Error(101, "Error validating application. Cannot get application info due to a system error.")
                : !Same(call.Token, $"{caller.Id}|{caller.Secret}") ? FacebookAnswer.Error(190, "Invalid OAuth access token signature.")
                : caller.NumberOf(FacebookSettings.AppUsage) >= 100 ? FacebookAnswer.Error(4, "(#4) Application request limit reached")
                : ProofRefusal(call, caller);
        }

        return call.Page is not { } page ? FacebookAnswer.Error(190, Unparsable)
            : Death(page) is { } subcode ? FacebookAnswer.Error(190, $"Error validating access token: {Deaths[subcode]}", int.Parse(subcode, System.Globalization.CultureInfo.InvariantCulture))
            : ProofRefusal(call, page.App) is { } refusal ? refusal
            : page.Settings.NumberOf(FacebookSettings.PageUsage) >= 100 ? FacebookAnswer.Error(80006, "(#80006) There have been too many messenger calls to this Page account.")
            : null;
    }

    /// <summary>The refusal of a call for want of a permission; null when the token has it.</summary>
    public static JsonAnswer? Without(FacebookAccount page, string permission, int code) => page.Settings.List(FacebookSettings.Scopes).Contains(permission)
        ? null
        : FacebookAnswer.Error(code, $"(#{code}) Requires {permission} permission to manage the object");

    /// <summary>The refusal of a call that is the page's own to make; null when its token is.</summary>
    public static JsonAnswer? NotThePage(FacebookCall call) =>
        call.IsApp || call.Page!.Settings[FacebookSettings.TokenType] != PageType ? FacebookAnswer.Error(210, "(#210) A page access token is required to request this resource.")
        : call.Node != call.Page.Id && call.Node != "me" ? FacebookAnswer.NoSuchObject(call.Node)
        : null;

    /// <summary><c>debug_token</c>.</summary>
    public static JsonAnswer Debug(FacebookCall call, FacebookApp app)
    {
        if (call.Arguments["input_token"] is null)
        {
            return FacebookAnswer.Missing("input_token");
        }

        if (call.Page is not { } page)
        {
            return FacebookAnswer.Ok(new JsonObject { ["data"] = new JsonObject { ["error"] = new JsonObject { ["code"] = 190, ["message"] = Unparsable }, ["is_valid"] = false, ["scopes"] = new JsonArray() } });
        }

        if (AppOf(page) != app.Id)
        {
            return FacebookAnswer.Error(100, "(#100) The App_id in the input_token did not match the Viewing App");
        }

        var data = new JsonObject { ["app_id"] = app.Id, ["type"] = page.Settings[FacebookSettings.TokenType] };
        if (Death(page) is { } subcode)
        {
            data["error"] = new JsonObject { ["code"] = 190, ["message"] = $"Error validating access token: {Deaths[subcode]}", ["subcode"] = int.Parse(subcode, System.Globalization.CultureInfo.InvariantCulture) };
            data["is_valid"] = false;
            data["scopes"] = new JsonArray();
        }
        else
        {
            Describe(data, page);
        }

        return FacebookAnswer.Ok(new JsonObject { ["data"] = data });
    }

    private static void Describe(JsonObject data, FacebookAccount page)
    {
        data["application"] = "Acme Bots";
        data["data_access_expires_at"] = page.Settings.NumberOf(FacebookSettings.DataAccessExpiresAt);
        data["expires_at"] = page.Settings.NumberOf(FacebookSettings.ExpiresAt);
        data["is_valid"] = true;
        data["issued_at"] = 1789000000;
        if (page.Settings[FacebookSettings.TokenType] == PageType)
        {
            data["profile_id"] = page.Id;
        }

        var scopes = page.Settings.List(FacebookSettings.Scopes);
        data["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]);
        data["granular_scopes"] = new JsonArray([.. scopes.Select(scope => new JsonObject { ["scope"] = scope, ["target_ids"] = new JsonArray(page.Id) })]);
        data["user_id"] = UserId;
    }

    /// <summary>The subcode that the page's token is dead with; null while it lives.</summary>
    public static string? Death(FacebookAccount page)
    {
        var expiry = page.Settings.NumberOf(FacebookSettings.ExpiresAt);
        return page.Settings[FacebookSettings.TokenError] is { Length: > 0 } subcode ? subcode
            : expiry > 0 && page.App.State.Time.UnixNow >= expiry ? "463"
            : null;
    }

    private static string AppOf(FacebookAccount page) => page.Settings[FacebookSettings.TokenApp] is { Length: > 0 } other ? other : page.App.Id;

    private static JsonAnswer? ProofRefusal(FacebookCall call, FacebookApp app)
    {
        if (call.Arguments["appsecret_proof"] is not { } proof)
        {
            return app.IsOn(FacebookSettings.RequireProof) ? FacebookAnswer.Error(100, "API calls from the server require an appsecret_proof argument") : null;
        }

        // A token of another app: its secret is not known here, and the caller's is certainly not it.
        var isForeign = !call.IsApp && AppOf(call.Page!) != app.Id;
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.Secret), Encoding.UTF8.GetBytes(call.Token!)));
        return !isForeign && Same(proof, expected) ? null : FacebookAnswer.Error(100, "Invalid appsecret_proof provided in the API argument");
    }

    private static bool Same(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
