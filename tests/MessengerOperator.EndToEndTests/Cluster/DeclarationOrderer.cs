using Xunit.v3;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>Runs tests in the order in which they stand in the file: each goes on from where the one before left the cluster.</summary>
public sealed class DeclarationOrderer : ITestMethodOrderer
{
    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(IReadOnlyCollection<TTestMethod?> testMethods)
        where TTestMethod : notnull, Xunit.Sdk.ITestMethod =>
        [.. testMethods.OrderBy(method => (method as IXunitTestMethod)?.Method.MetadataToken ?? 0)];
}
