namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>Waits for conditions, never for time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks until <paramref name="holds"/>; fails with the text of <paramref name="otherwise"/> when it does not in time (60 s unless told).</summary>
    public static async Task IsAsync(Func<Task<bool>> holds, Func<Task<string>> otherwise, TimeSpan? within = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (within ?? TimeSpan.FromSeconds(60)))
            {
                Assert.Fail(await otherwise());
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same with a fixed text.</summary>
    public static Task IsAsync(Func<Task<bool>> holds, string otherwise, TimeSpan? within = null) => IsAsync(holds, () => Task.FromResult(otherwise), within);
}
