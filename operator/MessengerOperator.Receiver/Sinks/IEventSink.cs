using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Where events are delivered to.</summary>
internal interface IEventSink
{
    /// <summary>Delivers one event. Never throws for anything that the sink or the network does; bounded in time by itself.</summary>
    Task<SinkResult> DeliverAsync(CloudEvent cloudEvent);
}
