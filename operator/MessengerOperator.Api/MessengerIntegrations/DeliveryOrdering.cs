namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>In which order events reach the sink.</summary>
public enum DeliveryOrdering
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>One after the other within a conversation, in parallel across conversations.</summary>
    Conversation,

    /// <summary>As fast as they come.</summary>
    None,
}
