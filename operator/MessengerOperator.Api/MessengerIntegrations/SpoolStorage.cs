namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where accepted events wait for the sink.</summary>
public enum SpoolStorage
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>On the node, for as long as the pod lives.</summary>
    EmptyDir,

    /// <summary>On a volume that outlives the pod.</summary>
    PersistentVolumeClaim,

    /// <summary>Nowhere: an event is acknowledged when the sink has taken it.</summary>
    None,
}
