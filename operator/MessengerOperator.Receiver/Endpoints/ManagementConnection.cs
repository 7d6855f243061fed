using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>Marks connections of the management port, so that nothing of it can be reached through the traffic port, whatever the ports are.</summary>
internal sealed class ManagementConnection
{
    private static readonly ManagementConnection Mark = new();

    private ManagementConnection()
    {
    }

    /// <summary>Marks every connection of this listener.</summary>
    public static void MarkAll(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(Mark);
        return next(connection);
    });

    /// <summary>Whether the request came through the management port.</summary>
    public static bool Carries(HttpContext context) => context.Features.Get<ManagementConnection>() is not null;
}
