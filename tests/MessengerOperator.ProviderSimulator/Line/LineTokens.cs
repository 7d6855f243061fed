using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The channel access tokens of one channel, and how long each lives.</summary>
internal sealed class LineTokens
{
    public const int StatelessSeconds = 15 * 60;
    private const int ThirtyDays = 30 * 24 * 60 * 60;

    // As LINE's own example answer has it: some 99 years.
    private const long NoExpiry = 3_138_007_490;

    private readonly Lock _gate = new();
    private readonly AccountSettings _settings;
    private readonly SimulationTime _time;
    private readonly Dictionary<string, DateTimeOffset> _stateless = new(StringComparer.Ordinal);
    private string? _token;
    private DateTimeOffset _issuedAt;
    private string _expirySetting;

    public LineTokens(string? token, AccountSettings settings, SimulationTime time)
    {
        (_settings, _time) = (settings, time);
        _token = token ?? (Kind is LineTokenKind.LongLived or LineTokenKind.ShortLived ? LineIds.OpaqueToken() : LineIds.JwtToken());
        _issuedAt = time.Now;
        _expirySetting = Expiry;
    }

    /// <summary>The token that was issued to the client; null when it was revoked. It may have expired.</summary>
    public string? Current
    {
        get
        {
            lock (_gate)
            {
                return _token;
            }
        }
    }

    public LineTokenKind Kind => Enum.Parse<LineTokenKind>(_settings[LineSettings.TokenKind]);

    private string Expiry => _settings[LineSettings.TokenExpiresInSeconds];

    /// <summary>Whether this is a living token of the channel.</summary>
    public bool Accepts(string token)
    {
        lock (_gate)
        {
            return (token == _token && SecondsLeft_NeedsLock() > 0) || (_stateless.TryGetValue(token, out var end) && end > _time.Now);
        }
    }

    /// <summary>Seconds that the client's token still lives.</summary>
    public long SecondsLeft()
    {
        lock (_gate)
        {
            return SecondsLeft_NeedsLock();
        }
    }

    /// <summary>A new token in place of the former, which dies at once; null leaves the channel without one.</summary>
    public void Reissue(string? token)
    {
        lock (_gate)
        {
            (_token, _issuedAt) = (token, _time.Now);
        }
    }

    /// <summary>A token for whoever knows channel id and secret.</summary>
    public string IssueStateless()
    {
        var token = LineIds.JwtToken();
        lock (_gate)
        {
            _stateless[token] = _time.Now.AddSeconds(StatelessSeconds);
        }

        return token;
    }

    /// <summary>A changed lifetime counts from now on.</summary>
    public void SettingsChanged()
    {
        lock (_gate)
        {
            if (_expirySetting != Expiry)
            {
                (_expirySetting, _issuedAt) = (Expiry, _time.Now);
            }
        }
    }

    private long SecondsLeft_NeedsLock()
    {
        var lifetime = Expiry.Length > 0 ? _settings.Number(LineSettings.TokenExpiresInSeconds) : Kind switch
        {
            LineTokenKind.LongLived => NoExpiry,
            LineTokenKind.Stateless => StatelessSeconds,
            _ => ThirtyDays,
        };
        return lifetime - (long)(_time.Now - _issuedAt).TotalSeconds;
    }
}
