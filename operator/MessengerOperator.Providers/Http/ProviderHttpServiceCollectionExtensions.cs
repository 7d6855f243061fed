using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MessengerOperator.Providers.Http;

/// <summary>Registers the operator's way to the providers.</summary>
public static class ProviderHttpServiceCollectionExtensions
{
    private const string ClientName = "providers";

    /// <summary>Adds <see cref="ProviderHttp"/> with its budget, metrics and options.</summary>
    public static IServiceCollection AddProviderHttp(this IServiceCollection services, Action<ProviderHttpOptions>? configure = null)
    {
        services.AddOptionsWithValidateOnStart<ProviderHttpOptions, ProviderHttpOptionsValidator>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<ProviderMetrics>();
        services.AddSingleton<CallBudget>();
        services.AddHttpClient(ClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // ProviderHttp has a deadline per call
                client.DefaultRequestHeaders.UserAgent.ParseAdd("messenger-operator");
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5); // follow DNS
                handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                handler.MaxResponseHeadersLength = 32;
            })
            .RemoveAllLoggers(); // the default ones print the path, and Telegram's holds the token
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProviderHttp>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName)));
        return services;
    }
}
