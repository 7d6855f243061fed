using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>One document over time: what is in use of it, and what is wrong with its newest version.</summary>
internal sealed class FollowedDocument(string name)
{
    private byte[]? _seen;

    /// <summary>Its file's name.</summary>
    public string Name { get; } = name;

    /// <summary>The last good version; null when there never was one.</summary>
    public ReceiverConfiguration? Good { get; private set; }

    /// <summary>The newest version, if it was turned down; null when it is in use.</summary>
    public RejectedConfiguration? Rejected { get; private set; }

    /// <summary>How many looks in a row have not found the file.</summary>
    public int Missed { get; set; }

    /// <summary>What is wrong with its newest version, with its name in front where there are several; empty when it is in use.</summary>
    public IEnumerable<string> Problems(bool named) => (Rejected?.Problems ?? []).Select(problem => named ? $"{Name}: {problem}" : problem);

    /// <summary>Takes a look's content. False when it is the same as before.</summary>
    public bool Take(byte[] content, ProviderRegistry providers, SinkKinds sinks, DateTimeOffset at)
    {
        if (_seen is not null && content.AsSpan().SequenceEqual(_seen))
        {
            return false;
        }

        _seen = content;
        var (document, problems) = ConfigurationDocument.Parse(content, providers, sinks);
        Good = document ?? Good;
        Rejected = document is null ? new(at, problems, Documents: 1) : null;
        return true;
    }
}
