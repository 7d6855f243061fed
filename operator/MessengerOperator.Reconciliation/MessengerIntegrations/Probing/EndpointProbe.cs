using System.Net.Http.Headers;
using System.Security.Authentication;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Probing;

/// <summary>Proves that a public URL leads to our receiver, by a signed nonce through the public path.</summary>
internal sealed class EndpointProbe(HttpClient client, IOptions<IntegrationOptions> options, TimeProvider time)
{
    /// <summary>Sends one probe. Never throws for what the network does.</summary>
    public async Task<ProbeResult> ProbeAsync(Uri url, Secret key, CancellationToken cancellationToken)
    {
        var nonce = ReachabilityProbe.NewNonce();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add(ReachabilityProbe.RequestHeader, ReachabilityProbe.SignRequest(key.RevealUtf8(), nonce, url.AbsolutePath));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ProbeTimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (ReachabilityProbe.IsAnswer(key.RevealUtf8(), nonce, url.AbsolutePath, SingleHeader(response.Headers)))
            {
                return new ProbeResult(ProbeVerdict.Reached);
            }

            return (int)response.StatusCode >= 500
                ? new ProbeResult(ProbeVerdict.Unavailable, $"something in between answered HTTP {(int)response.StatusCode}")
                : new ProbeResult(ProbeVerdict.WrongResponder, $"something answered HTTP {(int)response.StatusCode} without our receiver's signature");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(ProbeVerdict.Failed, $"no answer within {options.Value.ProbeTimeoutSeconds} s");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException || exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return new ProbeResult(ProbeVerdict.TlsInvalid, "the TLS handshake failed or the certificate is not trusted for this host");
        }
        catch (HttpRequestException exception)
        {
            return new ProbeResult(ProbeVerdict.Failed, $"the connection failed ({exception.HttpRequestError})");
        }
    }

    private static string? SingleHeader(HttpResponseHeaders headers) =>
        headers.TryGetValues(ReachabilityProbe.ResponseHeader, out var values) && values.ToList() is [var value] ? value : null;
}
