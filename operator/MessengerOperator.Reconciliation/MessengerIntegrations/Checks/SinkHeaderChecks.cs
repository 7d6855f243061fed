using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Header names that the receiver would refuse: the event's own, the connection's own, and one name twice in different spellings.</summary>
internal static class SinkHeaderChecks
{
    public static IEnumerable<SpecViolation> Of(SinkSpec? sink, string field)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (header, index) in (sink?.Http?.Headers ?? []).Select((header, index) => (header, index)))
        {
            var name = $"{field}.http.headers[{index}].name";
            if (!SinkHeaderNames.IsAllowed(header.Name))
            {
                yield return new(name, "this header belongs to the event or to the connection; choose another name");
            }

            if (!seen.Add(header.Name))
            {
                yield return new(name, "header names differ by more than upper and lower case; leave one of the two out");
            }
        }
    }
}
