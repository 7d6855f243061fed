namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>What a pass did with the webhook token.</summary>
internal enum TokenChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It made a new one on request; the former one stays valid for now.</summary>
    Rotated,

    /// <summary>It dropped the former one.</summary>
    FormerDropped,
}
