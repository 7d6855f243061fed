using MessengerOperator.Receiver.Sinks.Http;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Registers sinks.</summary>
internal static class SinksServiceCollectionExtensions
{
    /// <summary>Every kind of sink, one line each.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services) => services
        .AddSingleton<SinkPool>()
        .AddSingleton<SinkKinds>()
        .AddSingleton<ISinkKind, HttpSinkKind>();
}
