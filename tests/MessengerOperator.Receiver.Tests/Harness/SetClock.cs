using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A clock that somebody sets: what measures pauses goes on evenly.</summary>
internal sealed class SetClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero))
{
    private TimeSpan _set;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _set;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    public void SetBack(TimeSpan by) => _set -= by;
}
