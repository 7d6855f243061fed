namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>What an error means for the integration.</summary>
internal enum ErrorEnd
{
    /// <summary>False and Stalled: asked once, then somebody has to change something.</summary>
    Final,

    /// <summary>False and Reconciling: refused, and tried again by itself.</summary>
    Refused,

    /// <summary>Unknown and Reconciling: nothing is known, and the operator asks again by itself.</summary>
    Inconclusive,
}
