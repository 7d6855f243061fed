using MessengerOperator.Runtime.Hosting;

namespace MessengerOperator.Runtime.Tests;

public sealed class OperatorOptionsTests
{
    public static TheoryData<string, Action<OperatorOptions>> Wrong => new()
    {
        { "Name", options => options.Name = "Not a label" },
        { "Namespaces", options => options.Namespaces = ["a", "a"] },
        { "MaxParallelReconciliations", options => options.MaxParallelReconciliations = 0 },
        { "ResyncPeriod", options => options.ResyncPeriod = TimeSpan.FromSeconds(1) },
        { "StaleAfter", options => options.StaleAfter = options.WatchTimeout },
        { "MaxBackoff", options => options.MaxBackoff = TimeSpan.FromHours(2) },
        { "RenewDeadline", options => options.LeaderElection.RenewDeadline = TimeSpan.FromMinutes(1) },
        { "RetryPeriod", options => options.LeaderElection.RetryPeriod = TimeSpan.Zero },
    };

    [Fact]
    public void The_defaults_are_valid() => Assert.True(new OperatorOptionsValidator().Validate(null, new OperatorOptions()).Succeeded);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_out_of_its_range_is_named(string property, Action<OperatorOptions> spoil)
    {
        var options = new OperatorOptions();
        spoil(options);

        var result = new OperatorOptionsValidator().Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains(property, result.FailureMessage, StringComparison.Ordinal);
    }
}
