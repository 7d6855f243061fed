using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Which image a group's pods have: the lean one, unless a member delivers to a broker.</summary>
internal static class ReceiverImage
{
    /// <summary>The same whichever member asks: it depends on all of them.</summary>
    public static string Of(IEnumerable<MessengerIntegration> members, IntegrationOptions options) =>
        string.IsNullOrEmpty(options.ReceiverBrokersImage) || !members.Any(DeliversToBroker) ? options.ReceiverImage : options.ReceiverBrokersImage;

    private static bool DeliversToBroker(MessengerIntegration member) =>
        BrokerSpec.Of(member.Spec.Sink) is not null || BrokerSpec.Of(member.Spec.Delivery.DeadLetter) is not null;
}
