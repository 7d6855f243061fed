namespace MessengerOperator.Providers.Nexmo;

/// <summary>What somebody pastes where in Vonage's dashboard when the operator does not register.</summary>
internal static class NexmoManualSteps
{
    public static string Of(NexmoSettings settings, string tokenSecret)
    {
        var url = settings.TrustsPath
            ? $"the URL in status.webhook.url, its masked end replaced by the value under the key 'token' of Secret '{tokenSecret}',"
            : "the URL in status.webhook.url";
        return settings switch
        {
            { IsMessages: true } =>
                $"In Vonage's dashboard, Applications, edit the application, Capabilities, Messages: paste {url} as Inbound URL and as Status URL, both with POST, version v1.",
            { Numbers.Count: > 0 } => $"In Vonage's dashboard, Numbers, Your numbers, edit each number: paste {url} as Inbound webhook URL for SMS.",
            _ => $"In Vonage's dashboard, API settings, SMS settings: paste {url} as Inbound SMS webhook and as Delivery receipts webhook.",
        };
    }
}
