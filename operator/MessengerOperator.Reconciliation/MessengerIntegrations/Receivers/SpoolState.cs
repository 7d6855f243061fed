namespace MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

/// <summary>Whether a receiver can make events safe; the worse the higher.</summary>
internal enum SpoolState
{
    /// <summary>It can, or has no spool.</summary>
    Available,

    /// <summary>There is no room; providers are asked to repeat.</summary>
    Full,

    /// <summary>Its file cannot be written; providers are asked to repeat.</summary>
    Unavailable,
}
