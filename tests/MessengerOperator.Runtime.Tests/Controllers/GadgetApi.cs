using System.Net;
using System.Text;

namespace MessengerOperator.Runtime.Tests.Controllers;

/// <summary>Takes every patch of a status and counts them. What the API server makes of patches is tested on a real one.</summary>
internal sealed class GadgetApi : DelegatingHandler
{
    public int Writes { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Writes++;
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$$"""{"metadata":{"name":"one","namespace":"ns","uid":"u","resourceVersion":"{{{Writes + 1}}}"}}""", Encoding.UTF8, "application/json"),
        });
    }
}
