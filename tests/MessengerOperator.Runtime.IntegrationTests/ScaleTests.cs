using MessengerOperator.TestKit;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class ScaleTests(WidgetControlPlane plane, ITestOutputHelper output)
{
    private const int Objects = 500;

    [Fact]
    public async Task Five_hundred_objects_become_ready_with_two_writes_each_and_a_restart_writes_nothing()
    {
        await using var space = await plane.NewNamespaceAsync();
        var widgets = new WidgetClient(plane.Client, space.Name);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Objects), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (i, _) => await widgets.CreateAsync($"w-{i}"));

        await using (var first = await TestOperator.StartAsync(plane, [space.Name], options => options.WithParallelReconciliation(16)))
        {
            var started = TimeProvider.System.GetTimestamp();
            await Eventually.Holds(() => first.Requests.Writes.Count >= 2 * Objects, TimeSpan.FromMinutes(3));
            output.WriteLine($"{Objects} objects in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s, {GC.GetTotalMemory(forceFullCollection: true) / 1024 / 1024} MiB managed");
            await first.StopAsync();
            Assert.Equal(2 * Objects, first.Requests.Writes.Count);
        }

        await using var second = await TestOperator.StartAsync(plane, [space.Name], options => options.WithParallelReconciliation(16));
        await Eventually.Holds(() => second.Script.Passes.Count == Objects);
        await second.StopAsync();
        Assert.Empty(second.Requests.Writes);
    }
}
