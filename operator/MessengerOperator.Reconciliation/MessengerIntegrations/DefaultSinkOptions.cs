namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>The sink of integrations that name none.</summary>
public sealed class DefaultSinkOptions
{
    /// <summary>CloudEvents over HTTP.</summary>
    public DefaultHttpSinkOptions? Http { get; set; }
}
