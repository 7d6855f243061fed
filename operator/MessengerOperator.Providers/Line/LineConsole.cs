namespace MessengerOperator.Providers.Line;

/// <summary>What only a person can do, in the LINE Developers Console; fixed texts for conditions.</summary>
internal static class LineConsole
{
    /// <summary>With manual registration.</summary>
    public const string PasteTheUrl =
        "In the LINE Developers Console (developers.line.biz/console) choose the provider and the channel, tab 'Messaging API', section 'Webhook settings': press Edit under 'Webhook URL', paste the URL in status.webhook.url, press Update, then Verify, and turn on 'Use webhook' and 'Webhook redelivery'.";

    /// <summary>The URL is registered and the switch is off; the API cannot turn it on.</summary>
    public const string UseWebhookIsOff =
        "LINE delivers nothing while 'Use webhook' is off, and its API cannot turn it on: in the LINE Developers Console (developers.line.biz/console) choose the provider and the channel, tab 'Messaging API', section 'Webhook settings', turn on 'Use webhook', and 'Webhook redelivery' below it.";

    /// <summary>People answer in the LINE Official Account Manager besides the contact centre.</summary>
    public const string ChatIsOn =
        "Chat is on in the LINE Official Account Manager (Settings, Response settings): people may answer there besides the contact centre.";

    /// <summary>LINE would not say whether the channel secret is that of the token's channel.</summary>
    public const string SecretIsNotProven =
        "LINE did not tell whether the channel secret belongs to the channel of the token; its signed test call proves the secret when the webhook is registered.";
}
