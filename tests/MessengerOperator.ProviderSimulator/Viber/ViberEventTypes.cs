using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>The kinds of event that a webhook gets.</summary>
/// <param name="Asked">What <c>set_webhook</c> asked for; null when it named none, which is everything.</param>
internal sealed record ViberEventTypes(IReadOnlyList<string>? Asked)
{
    private static readonly string[] CanBeSwitched = ["delivered", "seen", "failed", "conversation_started"];
    private static readonly string[] Always = ["message", "subscribed", "unsubscribed"];
    private static readonly string[] Internal = ["webhook", "client_status", "action"];

    /// <summary>Those asked for among the ones that can be switched off; all that <c>get_account_info</c> shows.</summary>
    public IReadOnlyList<string> Switchable => [.. CanBeSwitched.Where(Wants)];

    /// <summary>What <c>set_webhook</c> answers: names of Viber's own among them, in no order.</summary>
    public JsonArray Answer => [.. Always.Concat(Internal).Concat(Switchable).OrderBy(name => name.Length).Select(name => JsonValue.Create(name))];

    /// <summary>Whether an event of that kind is sent.</summary>
    public bool Wants(string kind) => Asked is null || !CanBeSwitched.Contains(kind) || Asked.Contains(kind);

    /// <summary>Reads the parameter; false when it is no list of names there are.</summary>
    public static bool TryRead(JsonNode? parameter, out ViberEventTypes types)
    {
        types = new ViberEventTypes(Asked: null);
        if (parameter is null)
        {
            return true;
        }

        if (parameter is not JsonArray list || !list.All(item => item is JsonValue value && value.TryGetValue<string>(out var name) && (CanBeSwitched.Contains(name) || Always.Contains(name))))
        {
            return false;
        }

        types = new ViberEventTypes([.. list.Select(item => item!.GetValue<string>())]);
        return true;
    }
}
