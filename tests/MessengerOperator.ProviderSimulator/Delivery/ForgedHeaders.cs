namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Requests whose proof, one or more headers, is not the ordinary one.</summary>
internal static class ForgedHeaders
{
    private const string NeverRegistered = "never-registered-0123456789-never-registered";

    public static WebhookRequest Apply(WebhookRequest genuine, SecretHeader secret) => secret == SecretHeader.ChangedBody
        ? genuine with { Body = [.. genuine.Body ?? [], (byte)' '] }
        : genuine with { Headers = [.. genuine.Headers.SelectMany(header => header.IsProof ? Forge(header, secret) : [header])] };

    /// <summary>The text with the case of every letter turned.</summary>
    public static string TurnCase(string text) =>
        new([.. text.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter))]);

    private static WebhookHeader[] Forge(WebhookHeader header, SecretHeader secret) => secret switch
    {
        SecretHeader.Missing => [],
        SecretHeader.Doubled => [header, header],
        SecretHeader.TrailingBlank => [header with { Value = header.Value + " " }],
        SecretHeader.WrongCase => [header with { Value = TurnCase(header.Value) }],
        SecretHeader.Wrong => [header with { Value = NeverRegistered }],
        _ => [header],
    };
}
