using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Webhooks;

/// <summary>Header fields as a server hands them over: blanks around values are gone.</summary>
internal sealed class TestHeaders(params (string Name, string Value)[] fields) : IWebhookHeaders
{
    public WebhookHeader this[string name]
    {
        get
        {
            var values = fields.Where(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value.Trim(' ', '\t')).ToList();
            return new(values.Count, values.Count == 1 ? values[0] : null);
        }
    }
}
