using System.Text.Json;

namespace MessengerOperator.Providers.Tests;

/// <summary>What the shared suites must be told of a provider; they do the rest. One class per provider, in its folder, found by itself.</summary>
internal abstract class ProviderUnderTest
{
    private static readonly Dictionary<string, ProviderUnderTest> ByName = typeof(ProviderUnderTest).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ProviderUnderTest)) && !type.IsAbstract)
        .Select(type => (ProviderUnderTest)Activator.CreateInstance(type)!)
        .ToDictionary(description => description.Name, StringComparer.Ordinal);

    /// <summary>The provider's name, as <c>spec.provider</c> spells it.</summary>
    public abstract string Name { get; }

    /// <summary>The account that a body is read for; null when several share a path and the body names it.</summary>
    public virtual string? AccountId => null;

    /// <summary>The account's public name.</summary>
    public virtual string? AccountName => null;

    /// <summary>
    /// Values without which a body is not the provider's, so that another value there may make it malformed: paths such as <c>update_id</c>, <c>events</c>, <c>events[]</c>
    /// or a parameter's name. With any other value changed there must still be events, or a message would be lost.
    /// </summary>
    public virtual IReadOnlyCollection<string> Essential => [];

    /// <summary>Genuine signed requests, from the vectors of the provider's page where it has any.</summary>
    public virtual IReadOnlyList<SignedSample> SignedSamples => [];

    /// <summary>Accounts with well-formed settings and credentials, made up; one for each mode of the provider.</summary>
    public virtual IReadOnlyList<SampleAccount> SampleAccounts => [];

    /// <summary>The names of its base addresses in <see cref="MessengerOperator.Providers.Http.ProviderHttpOptions.BaseAddresses"/>.</summary>
    public virtual IReadOnlyList<string> BaseAddresses => [Name];

    /// <summary>The description of a provider.</summary>
    public static ProviderUnderTest Of(string provider) =>
        ByName.TryGetValue(provider, out var description) ? description : throw new InvalidOperationException($"No class describes {provider} to the tests: derive one from {nameof(ProviderUnderTest)}.");

    /// <summary>The provider's block of the spec that an asset is read with, as JSON; the asset's name may tell apart the modes of a provider.</summary>
    protected virtual string SettingsFor(string asset) => "{}";

    /// <summary>The same, parsed.</summary>
    public ProviderSettings Settings(string asset) => new(JsonDocument.Parse(SettingsFor(asset)).RootElement);
}
