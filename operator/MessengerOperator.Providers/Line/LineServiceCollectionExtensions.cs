using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Line;

/// <summary>Registers LINE.</summary>
public static class LineServiceCollectionExtensions
{
    /// <summary>Adds the LINE Messaging API.</summary>
    public static IServiceCollection AddLine(this IServiceCollection services) => services.AddSingleton<IProvider, LineProvider>();
}
