namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

public class LineJourneyTests(ControlPlane plane)
{
    [Fact]
    public Task The_example_becomes_Ready_and_everything_a_customer_does_arrives() => Journey.IsMadeAsync(plane, Channel.New());
}
