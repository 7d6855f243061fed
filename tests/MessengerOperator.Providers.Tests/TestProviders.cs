using System.Reflection;
using MessengerOperator.Providers.Tests.SixthProvider;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Tests;

/// <summary>The providers as the product registers them, and one more that shows how it is done.</summary>
internal static class TestProviders
{
    public static ProviderRegistry Registry { get; } = new ServiceCollection().AddProviders().AddPigeon().BuildServiceProvider().GetRequiredService<ProviderRegistry>();

    public static string RepositoryRoot { get; } =
        typeof(TestProviders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(RepositoryRoot)).Value!;

    public static IProvider Get(string name) => Registry.TryGet(name, out var provider) ? provider : throw new ArgumentException($"No provider {name}.");
}
