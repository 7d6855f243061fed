namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The kinds of channel access token.</summary>
internal enum LineTokenKind
{
    /// <summary>Issued in the console; lives for about a century.</summary>
    LongLived,

    /// <summary>Issued with channel id and secret; 30 days.</summary>
    ShortLived,

    /// <summary>Issued with an assertion; here 30 days.</summary>
    V21,

    /// <summary>Issued with channel id and secret; 15 minutes. No verification knows it.</summary>
    Stateless,
}
