namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Two members of one receiver cannot have the same path.</summary>
internal sealed class PathTakenException(string integration, string member) : Exception($"The path is that of {integration}")
{
    /// <summary>Who has it, as <c>namespace/name</c>.</summary>
    public string Integration { get; } = integration;

    /// <summary>Its part of the group's objects.</summary>
    public string Member { get; } = member;
}
