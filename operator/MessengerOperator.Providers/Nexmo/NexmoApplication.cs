using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>
/// An application as Vonage gave it, with keys that nobody here knows: writing replaces the whole of it, so whatever is not sent back is lost. Immutable.
/// </summary>
internal sealed class NexmoApplication
{
    private const string Post = "POST";
    private const string VersionThatIsRead = "v1";

    // The answer's envelope, not the application's own: the address and the path say them.
    private static readonly string[] Envelope = ["id", "_links"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject _document;

    private NexmoApplication(JsonObject document) => _document = document;

    /// <summary>The name that people gave it.</summary>
    public string? Name => Text(_document, "name");

    /// <summary>Its public key, PEM; null when it has none.</summary>
    public string? PublicKey => Text(Object(_document, "keys"), "public_key");

    /// <summary>Whether it delivers messages in a version other than v1, whose shape is another.</summary>
    public bool DeliversOtherVersion => Text(Messages, "version") is { } version && version != VersionThatIsRead;

    /// <summary>Where messages go; null when nowhere.</summary>
    public string? InboundUrl => Address("inbound_url");

    /// <summary>Where the states of sent messages go; null when nowhere.</summary>
    public string? StatusUrl => Address("status_url");

    /// <summary>Whether messages are posted; nothing else is signed.</summary>
    public bool PostsInbound => Text(Webhook("inbound_url"), "http_method") == Post;

    /// <summary>Whether the states of sent messages are posted.</summary>
    public bool PostsStatus => Text(Webhook("status_url"), "http_method") == Post;

    private JsonObject? Messages => Object(Object(_document, "capabilities"), "messages");

    /// <summary>Reads an answer; null when it is no application.</summary>
    public static NexmoApplication? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonNode.Parse(body, documentOptions: Strict) is JsonObject document && Text(document, "id") is not null)
            {
                // A text that is no Unicode would be found out only when it is written back.
                var application = new NexmoApplication(document);
                _ = application.ToUtf8();
                return application;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // No application either.
        }

        return null;
    }

    /// <summary>The same with these addresses, posted to. Null keeps one as it is, empty takes it away.</summary>
    public NexmoApplication WithWebhooks(string? inboundUrl, string? statusUrl)
    {
        var changed = (JsonObject)_document.DeepClone();
        var capabilities = Ensure(changed, "capabilities");
        var messages = Object(capabilities, "messages");
        if (messages is null)
        {
            messages = new JsonObject { ["version"] = VersionThatIsRead };
            capabilities["messages"] = messages;
        }

        var webhooks = Ensure(messages, "webhooks");
        Set(webhooks, "inbound_url", inboundUrl);
        Set(webhooks, "status_url", statusUrl);
        return new(changed);
    }

    /// <summary>The same without the Messages capability.</summary>
    public NexmoApplication WithoutMessages()
    {
        var changed = (JsonObject)_document.DeepClone();
        Object(changed, "capabilities")?.Remove("messages");
        return new(changed);
    }

    /// <summary>The body that makes Vonage's application this one.</summary>
    public byte[] ToUtf8()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in _document)
            {
                if (!Envelope.Contains(name))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static void Set(JsonObject webhooks, string name, string? address)
    {
        if (address is null)
        {
            return;
        }

        var webhook = Ensure(webhooks, name);
        webhook["address"] = address;
        webhook["http_method"] = Post;
    }

    private string? Address(string webhook) => Text(Webhook(webhook), "address") is { Length: > 0 } address ? address : null;

    private JsonObject? Webhook(string name) => Object(Object(Messages, "webhooks"), name);

    private static JsonObject Ensure(JsonObject parent, string name)
    {
        if (Object(parent, name) is { } child)
        {
            return child;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    private static JsonObject? Object(JsonObject? parent, string name) => parent?[name] as JsonObject;

    private static string? Text(JsonObject? parent, string name) => parent?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
