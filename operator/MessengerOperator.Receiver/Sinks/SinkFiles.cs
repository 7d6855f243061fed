using System.Security.Cryptography;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>The content of the files that one sink names, and what is wrong with them: names of files, never a value.</summary>
/// <param name="files">Content by path; null for what could not be read.</param>
/// <param name="what">How problems call the sink.</param>
internal sealed class SinkFiles(IReadOnlyDictionary<string, byte[]?> files, string what)
{
    private readonly List<string> _problems = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether something is wrong.</summary>
    public bool HasProblems => _problems.Count > 0;

    /// <summary>Adds a problem.</summary>
    /// <param name="problem">Goes on after the sink's name, for example <c>headers: sentence</c>.</param>
    public void Report(string problem) => _problems.Add($"{what} {problem}");

    /// <summary>The value in a file; null, and a problem, when there is none.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="name">What it is, for example <c>bearer token</c>.</param>
    public string? Required(string file, string name)
    {
        if (files[file] is { } content && MountedFile.Value(content) is { Length: > 0 } value)
        {
            return value;
        }

        Report($"{name}: no value in {file}");
        return null;
    }

    /// <summary>The value in a file that need not be named; null when it is not, or, with a problem, when it has none.</summary>
    public string? Optional(string? file, string name) => file is null ? null : Required(file, name);

    /// <summary>How a TLS connection is made; null when the block is null, or when there are problems.</summary>
    public SinkTls? Tls(ReceiverTls? tls) => tls is null ? null : Tls(tls.CaBundleFile, tls.ClientCertificateFile, tls.ClientKeyFile);

    /// <summary>How a TLS connection is made; null when there are problems.</summary>
    public SinkTls? Tls(string? caBundleFile, string? certificateFile, string? keyFile)
    {
        var before = _problems.Count;
        var trust = Trust(caBundleFile);
        var identity = Identity(certificateFile, keyFile);
        return _problems.Count == before ? new(trust, identity) : null;
    }

    private SinkTrust? Trust(string? caBundleFile)
    {
        if (caBundleFile is null)
        {
            return null;
        }

        if (files[caBundleFile] is not { } bundle)
        {
            Report($"CA bundle: no value in {caBundleFile}");
            return null;
        }

        try
        {
            return SinkTrust.Of(bundle);
        }
        catch (CryptographicException)
        {
            Report($"CA bundle: no PEM certificates in {caBundleFile}");
            return null;
        }
    }

    private SinkIdentity? Identity(string? certificateFile, string? keyFile)
    {
        if (Optional(certificateFile, "client certificate") is not { } certificate || Optional(keyFile, "client key") is not { } key)
        {
            return null;
        }

        try
        {
            return SinkIdentity.Of(certificate, key);
        }
        catch (CryptographicException)
        {
            Report($"client certificate: no PEM certificate in {certificateFile} with its key in {keyFile}");
            return null;
        }
    }
}
