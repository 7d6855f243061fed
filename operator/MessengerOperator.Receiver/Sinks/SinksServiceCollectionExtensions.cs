using MessengerOperator.Receiver.Sinks.Http;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Registers sinks.</summary>
internal static partial class SinksServiceCollectionExtensions
{
    /// <summary>Every kind of sink that this build has, one line each.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services)
    {
        services
            .AddSingleton<SinkPool>()
            .AddSingleton<SinkKinds>()
            .AddSingleton<ISinkKind, HttpSinkKind>();
        AddBrokers(services);
        return services;
    }

    /// <summary>The brokers, unless this is the lean build.</summary>
    static partial void AddBrokers(IServiceCollection services);
}
