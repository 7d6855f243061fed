using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>How events travel from receiver to sink.</summary>
[ValidationRule("!has(self.deadLetter) || !has(self.spool) || !has(self.spool.storage) || self.spool.storage != 'None'", SpecMessages.DeadLettersNeedSpool)]
public sealed record DeliverySpec
{
    /// <summary>Conversation: events of one conversation arrive in order. None: no order is kept, so that one event which the sink fails on holds up no other. Counts with a spool only.</summary>
    [JsonConverter(typeof(EnumTextConverter<DeliveryOrdering>))]
    [DefaultValue(DeliveryOrdering.Conversation)]
    public DeliveryOrdering Ordering { get; init; } = DeliveryOrdering.Conversation;

    /// <summary>Sink for events that the sink refused for good. Without it they stay in the spool for 30 days and are counted.</summary>
    public SinkSpec? DeadLetter { get; init; }

    /// <summary>Where accepted events wait until the sink has taken them.</summary>
    [DefaultValue(Json = "{}")]
    public SpoolSpec Spool { get; init; } = new();
}
