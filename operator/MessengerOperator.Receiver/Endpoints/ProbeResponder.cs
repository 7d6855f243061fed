using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>Answers the operator's proof that the public URL leads here.</summary>
internal static class ProbeResponder
{
    /// <summary>The response header's value; null when there is no probe, or one that does not know a key of this path.</summary>
    public static string? Answer(IHeaderDictionary headers, WebhookEndpoint endpoint)
    {
        if (!headers.TryGetValue(ReachabilityProbe.RequestHeader, out var values) || values is not [{ } header])
        {
            return null;
        }

        foreach (var route in endpoint.Routes)
        {
            if (route.ProbeKey is { } key && ReachabilityProbe.Answer(key, header, endpoint.Path) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }
}
