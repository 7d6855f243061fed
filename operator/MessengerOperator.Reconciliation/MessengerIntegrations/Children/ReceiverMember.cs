using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What one integration brings to its receiver; two equal members give equal objects.</summary>
internal sealed record ReceiverMember
{
    /// <summary>The integration.</summary>
    public required MessengerIntegration Integration { get; init; }

    /// <summary>The receiver that serves it.</summary>
    public required ReceiverGroup Group { get; init; }

    /// <summary>Path under which the provider calls; without the token when <see cref="PathCarriesToken"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the webhook token ends the path.</summary>
    public required bool PathCarriesToken { get; init; }

    /// <summary>The provider's block of the spec.</summary>
    public required ProviderSettings Settings { get; init; }

    /// <summary>What the receiver verifies requests with.</summary>
    public required IReadOnlyList<VerificationKey> VerificationKeys { get; init; }

    /// <summary>The values of those among them that are credentials, by field.</summary>
    public required IReadOnlyDictionary<string, Secret> Credentials { get; init; }

    /// <summary>The webhook token.</summary>
    public required Secret Token { get; init; }

    /// <summary>The webhook token that was valid before and still is; null when there is none.</summary>
    public required Secret? FormerToken { get; init; }

    /// <summary>What the probe's key is derived from.</summary>
    public required Secret ProbeKey { get; init; }

    /// <summary>The account's stable id at the provider.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's public name; null when it has none.</summary>
    public required string? AccountName { get; init; }

    /// <summary>Where events go.</summary>
    public required ResolvedSink Sink { get; init; }

    /// <summary>Where events go that the sink refuses for good; null keeps them in the spool.</summary>
    public ResolvedSink? DeadLetterSink { get; init; }

    /// <summary>The values of both sinks' secrets, by <see cref="SinkSecrets"/>' keys.</summary>
    public required IReadOnlyDictionary<string, Secret> SinkValues { get; init; }

    /// <summary>How long a verification secret that was replaced is still accepted.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>Whether the provider is known to have the token, so that the former one is needed no longer than that.</summary>
    public required bool IsTokenConfirmed { get; init; }

    /// <summary>Its keys.</summary>
    public MemberFiles Files => MemberFiles.Of(Integration);

    /// <summary>Both sinks, as far as there are two.</summary>
    public IEnumerable<ResolvedSink> Sinks => DeadLetterSink is { } deadLetters ? [Sink, deadLetters] : [Sink];

    /// <summary>As the receiver names it.</summary>
    public string QualifiedName => $"{Integration.Metadata.NamespaceProperty}/{Integration.Metadata.Name}";

    /// <summary>The values that requests are verified with, by key of the Secret.</summary>
    public IReadOnlyDictionary<string, Secret> VerificationValues
    {
        get
        {
            var values = new SortedDictionary<string, Secret>(StringComparer.Ordinal);
            foreach (var key in VerificationKeys)
            {
                values[Files.Verification(key)] = key.CredentialField is { } credential ? Credentials[credential] : Token;
            }

            if (PathCarriesToken)
            {
                values[Files.Token] = Token;
            }

            return values;
        }
    }
}
