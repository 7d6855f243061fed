using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Delivery;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Registers where events are made safe.</summary>
internal static class SpoolServiceCollectionExtensions
{
    /// <summary>A spool and the pump that empties it, if the options name a folder; otherwise events go straight through to their sink.</summary>
    public static IServiceCollection AddEventStore(this IServiceCollection services, ReceiverOptions options)
    {
        services.AddSingleton(new SpoolStatus { IsUsed = options.SpoolDirectory is not null });
        return options.SpoolDirectory is null
            ? services.AddSingleton<IEventStore, PassThroughEventStore>()
            // Stopped in the opposite order: the server, then the pump, then the spool.
            : services
                .AddSingleton<SpoolMetrics>()
                .AddSingleton<RepeatWindow>()
                .AddSingleton<Func<double>>(Random.Shared.NextDouble)
                .AddSingleton<EventSpool>()
                .AddHostedService(provider => provider.GetRequiredService<EventSpool>())
                .AddSingleton<DeadLetterBox>()
                .AddSingleton<DeliveryPump>()
                .AddHostedService(provider => provider.GetRequiredService<DeliveryPump>())
                .AddHostedService<DeadLetterForwarder>()
                .AddSingleton<IEventStore, SpooledEventStore>();
    }
}
