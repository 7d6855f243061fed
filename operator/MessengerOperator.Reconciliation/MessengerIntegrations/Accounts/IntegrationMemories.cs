using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>The memories of all integrations, by uid.</summary>
internal sealed class IntegrationMemories
{
    // Fingerprints of secrets are keyed with a value that never leaves the process, so a memory dump of them tells nothing.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, IntegrationMemory> _memories = new(StringComparer.Ordinal);

    /// <summary>The memory of an integration.</summary>
    public IntegrationMemory Of(string uid) => _memories.GetOrAdd(uid, _ => new IntegrationMemory());

    /// <summary>Forgets an integration that is gone.</summary>
    public void Forget(string uid) => _memories.TryRemove(uid, out _);

    /// <summary>A fingerprint of <paramref name="parts"/>; differs when any of them does.</summary>
    public string Fingerprint(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What the provider has when it delivers to this integration's receiver under <paramref name="token"/>; compared with <see cref="IntegrationMemory.ConfirmedAs"/>.</summary>
    public string Confirmation(MessengerIntegrationContext context, Secret token) =>
        Fingerprint(ReceiverGroup.Of(context.Entity).Name, context.WebhookPath, token.Reveal());
}
