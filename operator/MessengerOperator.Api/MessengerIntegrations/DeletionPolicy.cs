namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>What deleting the integration does at the provider.</summary>
public enum DeletionPolicy
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>The webhook is removed.</summary>
    Deregister,

    /// <summary>The provider is not called.</summary>
    Retain,
}
