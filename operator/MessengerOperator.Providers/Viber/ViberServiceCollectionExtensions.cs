using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Viber;

/// <summary>Registers Viber.</summary>
public static class ViberServiceCollectionExtensions
{
    /// <summary>Adds Viber's REST Bot API.</summary>
    public static IServiceCollection AddViber(this IServiceCollection services) => services.AddSingleton<IProvider, ViberProvider>();
}
