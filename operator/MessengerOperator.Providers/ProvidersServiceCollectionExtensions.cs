using MessengerOperator.Providers.Facebook;
using MessengerOperator.Providers.Line;
using MessengerOperator.Providers.Nexmo;
using MessengerOperator.Providers.Telegram;
using MessengerOperator.Providers.Viber;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers;

/// <summary>Registers the messengers.</summary>
public static class ProvidersServiceCollectionExtensions
{
    /// <summary>Adds every provider. A sixth one is one more line here.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddSingleton<ProviderRegistry>()
        .AddFacebook()
        .AddLine()
        .AddNexmo()
        .AddTelegram()
        .AddViber();
}
