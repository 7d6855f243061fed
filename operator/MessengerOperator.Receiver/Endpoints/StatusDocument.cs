using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>What <c>/status</c> tells: no secret, and no path, which may be one. Counts are since the process started.</summary>
internal sealed record StatusDocument(string Version, bool Ready, bool Draining, StatusConfiguration Configuration, StatusSpool? Spool, IReadOnlyList<StatusRoute> Routes)
{
    /// <summary>The document now.</summary>
    public static StatusDocument Of(ServedRoutes routes, ReceiverState state, SpoolStatus spool) => new(
        ReceiverVersion.Text,
        routes.AnyReady && !state.IsDraining && (!spool.IsUsed || spool.IsOpen),
        state.IsDraining,
        new(routes.State.LoadedAt, routes.State.Rejected?.At, routes.State.Rejected?.Problems),
        StatusSpool.Of(spool),
        [.. routes.Current.Routes.Select(route => StatusRoute.Of(route, spool))]);
}

/// <summary>Which configuration is in use.</summary>
/// <param name="LoadedAt">Since when.</param>
/// <param name="RejectedAt">When something newer was turned down; null when the newest is in use.</param>
/// <param name="Problems">What is wrong with it; of a directory with the document's name in front.</param>
internal sealed record StatusConfiguration(DateTimeOffset? LoadedAt, DateTimeOffset? RejectedAt, IReadOnlyList<string>? Problems);
