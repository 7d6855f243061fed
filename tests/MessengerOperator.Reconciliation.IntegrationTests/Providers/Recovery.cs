namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>What makes an integration go on when the cause of an error is gone.</summary>
internal enum Recovery
{
    /// <summary>Nothing: it asks again by itself, within a test's patience.</summary>
    ByItself,

    /// <summary>The annotation that asks for tests at once.</summary>
    WhenAsked,

    /// <summary>The pause that the provider asked for is longer than a test's patience; not waited for.</summary>
    TooSlow,
}
