using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>A request's header fields, as the providers' code sees them.</summary>
internal sealed class RequestHeaders(IHeaderDictionary headers) : IWebhookHeaders
{
    public WebhookHeader this[string name]
    {
        get
        {
            var values = headers[name];
            return new(values.Count, values.Count == 1 ? values[0] : null);
        }
    }
}
