namespace MessengerOperator.ProviderSimulator.Tests;

/// <summary>Waits for what becomes true by itself, and fails when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(Deadline, TimeProvider.System);
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, "It did not become true in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }
}
