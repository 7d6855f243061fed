using System.Net.Mime;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>Plays a fault to the caller; only the error envelope is left to the provider's module.</summary>
internal static class FaultAnswer
{
    private const string Html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    /// <summary>The HTTP status the caller gets; 0 when the connection ends without one.</summary>
    public static int StatusOf(Fault fault) => fault.Kind switch
    {
        FaultKind.Error => fault.Status ?? StatusCodes.Status500InternalServerError,
        FaultKind.Html => fault.Status ?? StatusCodes.Status502BadGateway,
        FaultKind.ConnectionReset or FaultKind.CloseWithoutAnswer => 0,
        _ => fault.Status ?? StatusCodes.Status200OK,
    };

    /// <summary>Adds what the fault says goes with the answer.</summary>
    public static void AddHeaders(HttpResponse response, Fault? fault)
    {
        foreach (var (name, value) in fault?.Headers ?? new Dictionary<string, string>())
        {
            response.Headers[name] = value;
        }
    }

    /// <summary>Writes the answer of every kind but <see cref="FaultKind.Slow"/>; of <see cref="FaultKind.Error"/> when it has a body of its own.</summary>
    public static async Task WriteAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = Math.Max(StatusOf(fault), StatusCodes.Status200OK);
        switch (fault.Kind)
        {
            case FaultKind.Error:
                context.Response.ContentType = fault.ContentType ?? MediaTypeNames.Application.Json;
                await context.Response.WriteAsync(fault.Body ?? string.Empty, context.RequestAborted);
                break;
            case FaultKind.Html:
                context.Response.ContentType = MediaTypeNames.Text.Html;
                await context.Response.WriteAsync(Html, context.RequestAborted);
                break;
            case FaultKind.Garbage:
                context.Response.ContentType = MediaTypeNames.Application.Json;
                await context.Response.WriteAsync("{\"ok\":tr", context.RequestAborted);
                break;
            case FaultKind.ConnectionReset:
                context.Abort();
                break;
            case FaultKind.CloseWithoutAnswer:
                // A FIN goes out before Kestrel gives the connection up, so the caller sees an orderly end.
                context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
                context.Abort();
                break;
        }
    }
}
