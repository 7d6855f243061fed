using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Tests.SixthProvider;

internal static class PigeonServiceCollectionExtensions
{
    /// <summary>Adds Pigeon Post.</summary>
    public static IServiceCollection AddPigeon(this IServiceCollection services) => services.AddSingleton<IProvider, PigeonProvider>();
}
