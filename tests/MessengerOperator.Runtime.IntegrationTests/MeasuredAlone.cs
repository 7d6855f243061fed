namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>Tests that look at the memory of the process, so that no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
