namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Labels that receivers' objects carry.</summary>
internal static class ReceiverLabels
{
    /// <summary>Value of <c>app.kubernetes.io/name</c>.</summary>
    public const string AppName = "messenger-receiver";

    /// <summary>Value of <c>app.kubernetes.io/managed-by</c>.</summary>
    public const string ManagedBy = "messenger-operator";

    /// <summary>Names the receiver; see <see cref="ChildNames.LabelValue"/>.</summary>
    public const string Instance = "app.kubernetes.io/instance";

    /// <summary>Selects every object that the operator makes.</summary>
    public const string Selector = "app.kubernetes.io/managed-by=" + ManagedBy;
}
