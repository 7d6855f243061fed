namespace MessengerOperator.ProviderSimulator.Tests;

/// <summary>What a receiver saw.</summary>
internal sealed record ReceivedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string[]> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public string[] Header(string name) => Headers.GetValueOrDefault(name) ?? [];
}
