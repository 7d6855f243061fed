namespace MessengerOperator.Providers.Http;

/// <summary>A token bucket over a given clock. Not safe for concurrent use.</summary>
internal sealed class TokenBucket(double capacity, double perSecond, DateTimeOffset now)
{
    private readonly double _capacity = capacity;
    private double _tokens = capacity;
    private DateTimeOffset _filledAt = now;

    /// <summary>How long until a token is there; zero when one is.</summary>
    public TimeSpan WaitFor(DateTimeOffset now)
    {
        Fill(now);
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / perSecond);
    }

    /// <summary>Takes the token that <see cref="WaitFor"/> has found.</summary>
    public void Take() => _tokens--;

    /// <summary>Whether nothing has been taken lately, so that forgetting the bucket changes nothing.</summary>
    public bool IsFull(DateTimeOffset now)
    {
        Fill(now);
        return _tokens >= _capacity;
    }

    private void Fill(DateTimeOffset now)
    {
        _tokens = Math.Min(_capacity, _tokens + (Math.Max(0, (now - _filledAt).TotalSeconds) * perSecond));
        _filledAt = now;
    }
}
