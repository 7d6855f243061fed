using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>Fetches Secrets when they are needed and keeps none of their data: only their metadata is watched.</summary>
internal sealed class SecretReader(IKubernetes client)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The Secret, or null when there is none.</summary>
    public async Task<V1Secret?> FindAsync(string ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.ReadNamespacedSecretAsync(name, ns, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The value under a selector.</summary>
    public async Task<SecretLookup> LookUpAsync(string ns, SecretKeySelector selector, CancellationToken cancellationToken)
    {
        var secret = await FindAsync(ns, selector.Name, cancellationToken);
        return secret is null ? new SecretLookup.NoSecret() : Value(secret, selector.Key);
    }

    /// <summary>The value of a key.</summary>
    public static SecretLookup Value(V1Secret secret, string key)
    {
        if (secret.Data is null || !secret.Data.TryGetValue(key, out var bytes))
        {
            return new SecretLookup.NoKey();
        }

        try
        {
            return new SecretLookup.Found(new Secret(StrictUtf8.GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return new SecretLookup.NotText();
        }
    }
}
