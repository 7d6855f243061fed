namespace MessengerOperator.ProviderSimulator;

/// <summary>What a provider's API answers to a call.</summary>
internal interface IProviderAnswer
{
    /// <summary>The HTTP status.</summary>
    int Status { get; }

    Task WriteAsync(HttpContext context);
}
