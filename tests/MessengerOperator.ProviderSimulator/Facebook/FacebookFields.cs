namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>The kinds of event that can be subscribed to.</summary>
internal static class FacebookFields
{
    public const string Messages = "messages";
    public const string Postbacks = "messaging_postbacks";
    public const string Echoes = "message_echoes";
    public const string Standby = "standby";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        Messages, Postbacks, "message_deliveries", "message_reads", Echoes, "message_edits", "message_reactions", "messaging_optins", "messaging_optouts",
        "messaging_referrals", "messaging_handovers", "messaging_policy_enforcement", "messaging_account_linking", Standby, "feed", "mention", "name", "picture",
    };

    /// <summary>Those that need pages_messaging.</summary>
    public static bool AreMessages(IEnumerable<string> fields) => fields.Any(field => field.StartsWith("messag", StringComparison.Ordinal) || field == Standby);

    /// <summary>The refusal of a list with a field that does not exist; null when all exist.</summary>
    public static JsonAnswer? Refusal(string parameter, IReadOnlyList<string> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (!Known.Contains(fields[index]))
            {
                return FacebookAnswer.Error(100, $"(#100) Param {parameter}[{index}] must be one of {{{string.Join(", ", Known.Order(StringComparer.Ordinal))}}} - got \"{fields[index]}\".");
            }
        }

        return null;
    }

    /// <summary>The field that an item of <c>messaging</c> is told under.</summary>
    public static string Of(IReadOnlyCollection<string> members) => members switch
    {
        _ when members.Contains("postback") => Postbacks,
        _ when members.Contains("message_edit") => "message_edits",
        _ when members.Contains("reaction") => "message_reactions",
        _ when members.Contains("delivery") => "message_deliveries",
        _ when members.Contains("read") => "message_reads",
        _ when members.Contains("referral") => "messaging_referrals",
        _ when members.Contains("optin") => "messaging_optins",
        _ when members.Contains("policy_enforcement") => "messaging_policy_enforcement",
        _ when members.Any(member => member.EndsWith("_thread_control", StringComparison.Ordinal)) => "messaging_handovers",
        _ => Messages,
    };
}
