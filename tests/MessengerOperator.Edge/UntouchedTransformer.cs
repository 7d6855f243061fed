using Yarp.ReverseProxy.Forwarder;

namespace MessengerOperator.Edge;

/// <summary>Passes a request on as it came: the caller's Host, no headers of ours.</summary>
internal sealed class UntouchedTransformer : HttpTransformer
{
    public static readonly UntouchedTransformer Instance = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = httpContext.Request.Host.Value;
    }
}
