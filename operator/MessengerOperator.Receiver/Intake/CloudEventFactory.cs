using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Intake;

/// <summary>Puts a messenger's event into a CloudEvent.</summary>
internal static class CloudEventFactory
{
    /// <summary>The event, with its data written out: it no longer refers to the request's body.</summary>
    public static CloudEvent Create(ServedRoute route, MessengerEvent messengerEvent, string? traceParent)
    {
        var data = messengerEvent.Data with { Account = route.Account };
        var conversation = data.Conversation?.Id;
        return new(
            messengerEvent.Id,
            route.Source,
            messengerEvent.Type,
            data.Time,
            conversation,
            conversation ?? data.Sender?.Id,
            route.ProviderName,
            traceParent,
            EventDataSerializer.ToUtf8(data));
    }
}
