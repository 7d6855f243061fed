using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>
/// The applications of an account as documents. They begin with capabilities and keys that no client of ours knows, so that one that writes back less than it read is caught:
/// PUT replaces the whole.
/// </summary>
internal sealed class NexmoApplications(NexmoAccount account)
{
    private static readonly Lazy<string> UnknownKey = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfoPem();
    });

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _setAt = [];

    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _documents.Keys];
            }
        }
    }

    /// <summary>Makes and deletes until there are these; those that stay are as they were.</summary>
    public void Have(IReadOnlyList<string> ids)
    {
        lock (_gate)
        {
            foreach (var gone in _documents.Keys.Except(ids).ToList())
            {
                _documents.Remove(gone);
            }

            foreach (var id in ids.Where(id => !_documents.ContainsKey(id)))
            {
                _documents.Add(id, New());
            }
        }
    }

    /// <summary>The application as Vonage shows it; null when there is none.</summary>
    public JsonObject? Show(string id)
    {
        lock (_gate)
        {
            return _documents.TryGetValue(id, out var document) ? Shown(id, document) : null;
        }
    }

    /// <summary>Replaces an application; what is not in <paramref name="body"/> is gone.</summary>
    public IProviderAnswer Put(string id, string body, DateTimeOffset now)
    {
        JsonObject? document;
        try
        {
            document = JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            document = null;
        }

        if (document is null)
        {
            return NexmoAnswer.Invalid(("body", "Must be a JSON object."));
        }

        if (Invalid(document) is { } invalid)
        {
            return NexmoAnswer.Invalid(invalid);
        }

        document.Remove("id");
        document.Remove("_links");
        lock (_gate)
        {
            if (!_documents.ContainsKey(id))
            {
                return NexmoAnswer.NoSuchApplication(id);
            }

            _documents[id] = document;
            _setAt[id] = now;
            return NexmoAnswer.Ok(Shown(id, document));
        }
    }

    public bool Delete(string id)
    {
        lock (_gate)
        {
            return _documents.Remove(id);
        }
    }

    public string InboundUrl(string id) => Address(id, "inbound_url");

    public string StatusUrl(string id) => Address(id, "status_url");

    public DateTimeOffset SetAt(string id)
    {
        lock (_gate)
        {
            return _setAt.GetValueOrDefault(id);
        }
    }

    /// <summary>Sets both addresses as somebody would in the dashboard.</summary>
    public void SetAddresses(string id, string inboundUrl, string statusUrl, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_documents.TryGetValue(id, out var document))
            {
                throw new FormatException($"There is no application {id}.");
            }

            var capabilities = Member(document, "capabilities");
            Member(capabilities, "messages")["webhooks"] = Webhooks(inboundUrl, statusUrl);
            _setAt[id] = now;
        }
    }

    /// <summary>The public key of an application, PEM; empty when it has none.</summary>
    public string PublicKey(string id) => (string?)Show(id)?["keys"]?["public_key"] ?? "";

    private static JsonObject Shown(string id, JsonObject document)
    {
        var shown = new JsonObject { ["id"] = id };
        foreach (var (name, value) in document)
        {
            shown[name] = value?.DeepClone();
        }

        shown["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = $"/v2/applications/{id}" } };
        return shown;
    }

    private JsonObject New() => new()
    {
        ["name"] = account.Settings[NexmoSetting.ApplicationName],
        ["keys"] = new JsonObject { ["public_key"] = account.Settings[NexmoSetting.PublicKey] is { Length: > 0 } key ? key : UnknownKey.Value },
        ["privacy"] = new JsonObject { ["improve_ai"] = false },
        ["capabilities"] = new JsonObject
        {
            ["voice"] = new JsonObject { ["webhooks"] = new JsonObject { ["answer_url"] = new JsonObject { ["address"] = "https://voice.acme.example/answer", ["http_method"] = "GET", ["socket_timeout"] = 5000 } } },
            ["messages"] = new JsonObject
            {
                ["version"] = account.Settings[NexmoSetting.MessagesVersion],
                ["authenticate_inbound_media"] = true,
            },
            ["vbc"] = new JsonObject(),
        },
        ["a_key_of_tomorrow"] = new JsonObject { ["number"] = JsonNode.Parse("12345678901234567890.10"), ["list"] = new JsonArray(1, null, "x") },
    };

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
        {
            return child;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    private static JsonObject Webhooks(string inboundUrl, string statusUrl) => new()
    {
        ["inbound_url"] = new JsonObject { ["address"] = inboundUrl, ["http_method"] = "POST" },
        ["status_url"] = new JsonObject { ["address"] = statusUrl, ["http_method"] = "POST" },
    };

    private (string, string)? Invalid(JsonObject document)
    {
        if (document["name"] is not JsonValue name || !name.TryGetValue<string>(out var text) || text.Length == 0)
        {
            return ("name", "Is required.");
        }

        if ((document["capabilities"] as JsonObject)?["messages"] is not JsonObject messages)
        {
            return null;
        }

        foreach (var webhook in new[] { "inbound_url", "status_url" })
        {
            var given = (messages["webhooks"] as JsonObject)?[webhook] as JsonObject;
            var address = (string?)given?["address"] ?? "";
            if (address.Length == 0 ? !account.Settings.IsOn(NexmoSetting.AcceptsEmptyAddresses) : !NexmoConnections.IsUrl(address))
            {
                return ($"capabilities.messages.webhooks.{webhook}.address", "Must be a URL.");
            }

            if (given is not null && (string?)given["http_method"] != "POST")
            {
                return ($"capabilities.messages.webhooks.{webhook}.http_method", "Must be POST.");
            }
        }

        return null;
    }

    private string Address(string id, string webhook) => (string?)Show(id)?["capabilities"]?["messages"]?["webhooks"]?[webhook]?["address"] ?? "";
}
