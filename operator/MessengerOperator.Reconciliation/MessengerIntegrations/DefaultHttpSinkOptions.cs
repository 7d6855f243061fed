namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>A default sink over HTTP.</summary>
public sealed class DefaultHttpSinkOptions
{
    /// <summary>Address that events are posted to.</summary>
    public Uri? Url { get; set; }
}
