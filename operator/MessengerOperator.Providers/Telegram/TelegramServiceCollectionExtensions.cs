using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Registers Telegram.</summary>
public static class TelegramServiceCollectionExtensions
{
    /// <summary>Adds the Telegram Bot API.</summary>
    public static IServiceCollection AddTelegram(this IServiceCollection services) => services.AddSingleton<IProvider, TelegramProvider>();
}
