using System.Net;
using System.Net.Http.Headers;
using System.Text;
using k8s;
using k8s.Autorest;

namespace MessengerOperator.Runtime.Client;

/// <summary>
/// The few HTTP calls the runtime makes for any kind, over the connection and the credentials of <see cref="Kubernetes"/>: what its generic client lacks
/// (pages, a watch that tells how it ended, metadata-only answers, patches of status, server-side apply).
/// </summary>
internal sealed class ResourceClient(Kubernetes kubernetes, TimeProvider time)
{
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    /// <summary>A call that takes longer than this has failed; a watch only needs its response's beginning in that time.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads one object; null when there is none.</summary>
    public async Task<T?> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var json = await SendAsync(HttpMethod.Get, ResourceType.Of<T>().Path(@namespace, name), content: null, cancellationToken);
            return KubernetesJson.Deserialize<T>(json);
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<T> CreateAsync<T>(string? @namespace, T entity, CancellationToken cancellationToken)
        where T : class =>
        KubernetesJson.Deserialize<T>(await SendAsync(
            HttpMethod.Post, ResourceType.Of<T>().Path(@namespace), Json(KubernetesJson.Serialize(entity), "application/json"), cancellationToken));

    /// <summary>Patches an object or a subresource of it.</summary>
    public async Task<T> PatchAsync<T>(
        string? @namespace, string name, string? subresource, string patch, string patchType, string query, CancellationToken cancellationToken)
        where T : class =>
        KubernetesJson.Deserialize<T>(await SendAsync(
            HttpMethod.Patch, ResourceType.Of<T>().Path(@namespace, name, subresource) + query, Json(patch, patchType), cancellationToken));

    public Task<string> DeleteAsync<T>(string? @namespace, string name, string options, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, ResourceType.Of<T>().Path(@namespace, name), Json(options, "application/json"), cancellationToken);

    /// <summary>Sends one request and returns the whole answer.</summary>
    /// <exception cref="HttpOperationException">The answer is not a 2xx.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, string? accept = null)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await OpenAsync(method, path, content, accept, either.Token);
            return await response.Content.ReadAsStringAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The API server did not answer {method} {path} within {Timeout.TotalSeconds:0} s.", exception);
        }
    }

    /// <summary>Sends one request and returns as soon as the response's head is there.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, string? accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(kubernetes.BaseUri, path)) { Version = HttpVersion.Version11, Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (kubernetes.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        var response = await kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw ApiError.From(request, response, body);
        }
    }

    private static StringContent Json(string json, string mediaType)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
