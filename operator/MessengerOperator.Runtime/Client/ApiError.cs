using System.Globalization;
using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace MessengerOperator.Runtime.Client;

/// <summary>Reads what the API server says in an error.</summary>
public static class ApiError
{
    extension(HttpOperationException exception)
    {
        /// <summary>The HTTP status code; null when there was no response.</summary>
        public HttpStatusCode? StatusCode => exception.Response?.StatusCode;

        /// <summary>Somebody else was faster (409): reading again and trying again helps.</summary>
        public bool IsConflict => exception.Response?.StatusCode == HttpStatusCode.Conflict;

        /// <summary>The API server, or a policy behind it, does not take the request as it is (4xx): the same again does not help. Conflicts, lost identities and requests to slow down are none.</summary>
        public bool IsRefusal => exception.Response?.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests);
    }

    /// <summary>Whether the cause is a 409 from the API server.</summary>
    public static bool IsConflict(Exception? exception) => exception is HttpOperationException { IsConflict: true };

    /// <summary>How long the API server asked to wait (429, 503); null when it did not.</summary>
    public static TimeSpan? RetryAfter(Exception? exception) =>
        exception is HttpOperationException { Response.Headers: { } headers }
        && headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, 300))
            : null;

    /// <summary>A stable sentence for a condition: no request ids, no values, no secrets.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        HttpOperationException { Response: { } response } => $"The Kubernetes API server answered {(int)response.StatusCode} ({response.StatusCode}); the operator's log says more.",
        HttpOperationException or HttpRequestException or TimeoutException => "A call failed or took too long; the operator's log says more.",
        _ => $"Unexpected {exception.GetType().Name}; the operator's log says more.",
    };

    internal static HttpOperationException From(HttpRequestMessage request, HttpResponseMessage response, string body)
    {
        var status = ReadStatus(body);
        var said = status?.Message is { Length: > 0 } message ? message : response.ReasonPhrase;
        return new HttpOperationException($"{request.Method} {request.RequestUri?.AbsolutePath}: {(int)response.StatusCode} {status?.Reason ?? response.StatusCode.ToString()}: {said}")
        {
            Request = new HttpRequestMessageWrapper(request, string.Empty),
            Response = new HttpResponseMessageWrapper(response, body),
        };
    }

    private static V1Status? ReadStatus(string body)
    {
        try
        {
            return KubernetesJson.Deserialize<V1Status>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
