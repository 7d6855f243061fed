using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Telegram;

/// <summary>What to do about the refusals of the Bot API.</summary>
/// <remarks>
/// All refusals of a webhook share code 400, so the literal beginnings that the server's source has are told apart here, and only to choose a better advice:
/// whatever the text, the failure is <see cref="ProviderFailure.Rejected"/>.
/// </remarks>
internal static class TelegramRejections
{
    private const string Other = "Telegram refuses the webhook; the Event of this pass has its words.";

    private static readonly (string Text, string Advice)[] WebhookRefusals =
    [
        ("An HTTPS URL must be provided", "Telegram delivers to https only; give spec.webhook.url the scheme https."),
        ("Webhook can be set up only on ports", "Telegram delivers to ports 443, 80, 88 and 8443 only; change the port in spec.webhook.url."),
        ("is reserved", "The host of spec.webhook.url has a private address; Telegram needs a public one."),
        ("IPv6-only addresses", "The host of spec.webhook.url has no IPv4 address; Telegram needs one."),
        ("Failed to resolve host", "Telegram cannot resolve the host of spec.webhook.url; check its DNS record."),
        ("invalid webhook URL", "Telegram cannot read the webhook URL; check spec.webhook.url and spec.webhook.path."),
        ("secret token", "Telegram refuses the form of the webhook token; delete the generated Secret's key so that a new one is made."),
    ];

    public static ProviderFailure Read(int code, string? description, string? detail) => code switch
    {
        400 => new ProviderFailure.Rejected(AdviceFor(description), Retry: false, detail),
        409 => new ProviderFailure.Rejected("Another program uses this bot at the same time; stop it, or give it a bot of its own.", Retry: true, detail),
        421 => new ProviderFailure.Rejected("The Bot API server does not serve this bot; check spec.telegram.apiBaseUrl.", Retry: false, detail),
        _ => new ProviderFailure.Rejected(Other, Retry: false, detail),
    };

    private static string AdviceFor(string? description)
    {
        foreach (var (text, advice) in WebhookRefusals)
        {
            if (description?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)
            {
                return advice;
            }
        }

        return Other;
    }
}
