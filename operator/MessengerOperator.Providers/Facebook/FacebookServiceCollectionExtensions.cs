using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Registers Facebook Messenger.</summary>
public static class FacebookServiceCollectionExtensions
{
    /// <summary>Adds Facebook Messenger.</summary>
    public static IServiceCollection AddFacebook(this IServiceCollection services) => services.AddSingleton<IProvider, FacebookProvider>();
}
