using System.Net;
using k8s;
using k8s.Autorest;

namespace MessengerOperator.TestKit;

/// <summary>A namespace of one test.</summary>
public sealed class TestNamespace(IKubernetes client, string name) : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Begins its deletion; does not wait for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.CoreV1.DeleteNamespaceAsync(Name);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // The test deleted it.
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
