using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Where events are delivered to.</summary>
internal interface IEventSink
{
    /// <summary>What is asked for: sinks with the same destination fail together, and are left alone together. Never logged, since an address may hold a secret.</summary>
    string Destination { get; }

    /// <summary>Delivers one event. Never throws for anything that the sink or the network does; bounded in time by itself.</summary>
    Task<SinkResult> DeliverAsync(CloudEvent cloudEvent);
}
