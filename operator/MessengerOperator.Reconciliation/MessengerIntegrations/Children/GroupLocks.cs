using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Lets one at a time into a group. Groups are spread over a fixed number of locks, so that nothing has to be cleaned up; two that share one only wait for each other.</summary>
internal sealed class GroupLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the group; disposing of the result lets the next one in. Never enter a second group before that.</summary>
    public async Task<IDisposable> EnterAsync(NamespacedName group, CancellationToken cancellationToken)
    {
        var gate = _locks[(uint)group.GetHashCode() % (uint)_locks.Length];
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
