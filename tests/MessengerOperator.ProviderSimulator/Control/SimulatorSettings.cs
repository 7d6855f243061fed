namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>What can be changed while a simulator runs; what is left out stays.</summary>
public sealed record SimulatorSettings
{
    /// <summary>Factor on delivery delays, above 0.</summary>
    public double? TimeScale { get; set; }

    /// <summary>404 or 401 for malformed tokens.</summary>
    public int? MalformedTokenStatus { get; set; }
}
