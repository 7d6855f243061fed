using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Registers Nexmo.</summary>
public static class NexmoServiceCollectionExtensions
{
    /// <summary>Adds Vonage, formerly Nexmo: SMS API and Messages API.</summary>
    public static IServiceCollection AddNexmo(this IServiceCollection services) => services.AddSingleton<IProvider, NexmoProvider>();
}
