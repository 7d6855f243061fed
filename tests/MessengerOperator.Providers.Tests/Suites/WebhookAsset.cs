using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>A request in testassets and the events that it becomes; see the README there.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="File">Name of the file with its extension, which says what is in it.</param>
internal sealed record WebhookAsset(string Provider, string File)
{
    private const string Json = ".json";
    private const string Form = ".form";
    private const string Query = ".query";
    private const string OneEvent = ".event.json";
    private const string SeveralEvents = ".events.json";

    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Root = Path.Combine(TestProviders.RepositoryRoot, "tests", "MessengerOperator.Providers.Tests", "testassets");

    public string Name => Path.GetFileNameWithoutExtension(File);

    public bool IsJson => Path.GetExtension(File) == Json;

    private string Folder => FolderOf(Provider);

    /// <summary>The assets of a provider; empty when it has none.</summary>
    public static IReadOnlyList<WebhookAsset> Of(string provider) => Directory.Exists(FolderOf(provider))
        ? [.. Directory.GetFiles(FolderOf(provider)).Where(IsRequest).Order(StringComparer.Ordinal).Select(file => new WebhookAsset(provider, Path.GetFileName(file)))]
        : [];

    /// <summary>The bytes that the provider sends: a body, or the query without its question mark. The line break that ends a form's file is not part of it.</summary>
    public byte[] Read()
    {
        var bytes = System.IO.File.ReadAllBytes(Path.Combine(Folder, File));
        return IsJson ? bytes : bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
    }

    /// <summary>What the provider's parser makes of these bytes in place of the asset's own.</summary>
    public ParseResult Parse(byte[] bytes)
    {
        var request = Path.GetExtension(File) == Query
            ? new WebhookRequest("GET", "/", "?" + Encoding.Latin1.GetString(bytes), new TestHeaders(), default)
            : new WebhookRequest("POST", "/", "", new TestHeaders(), bytes);
        var description = ProviderUnderTest.Of(Provider);
        return TestProviders.Get(Provider).Webhook.Parse(request, new(description.AccountId, description.Settings(Name), ReceivedAt));
    }

    /// <summary>The events that these bytes must become.</summary>
    public IReadOnlyList<MessengerEvent> Events(byte[] bytes) => Assert.IsType<ParseResult.Events>(Parse(bytes)).Items;

    /// <summary>The event's data as the receiver sends it, valid by the schema.</summary>
    public byte[] Data(MessengerEvent messengerEvent)
    {
        var description = ProviderUnderTest.Of(Provider);
        var data = EventDataSerializer.ToUtf8(messengerEvent.Data with { Account = new(messengerEvent.AccountId ?? description.AccountId, description.AccountName) });
        EventSchema.AssertValid(data);
        Assert.False(string.IsNullOrEmpty(messengerEvent.Id), "An event has no id.");
        return data;
    }

    /// <summary>The expected events: <c>.event.json</c> with one, <c>.events.json</c> with an array of any other number.</summary>
    public JsonElement Expected()
    {
        var one = Path.Combine(Folder, Name + OneEvent);
        return JsonDocument.Parse(System.IO.File.ReadAllText(System.IO.File.Exists(one) ? one : Path.Combine(Folder, Name + SeveralEvents))).RootElement;
    }

    /// <summary>Writes the expected events anew.</summary>
    public void Update(bool isOne, string json)
    {
        System.IO.File.Delete(Path.Combine(Folder, Name + (isOne ? SeveralEvents : OneEvent)));
        System.IO.File.WriteAllText(Path.Combine(Folder, Name + (isOne ? OneEvent : SeveralEvents)), json + "\n");
    }

    private static bool IsRequest(string file) =>
        Path.GetExtension(file) is Json or Form or Query && !file.EndsWith(OneEvent, StringComparison.Ordinal) && !file.EndsWith(SeveralEvents, StringComparison.Ordinal);

    private static string FolderOf(string provider) => Path.Combine(Root, provider.ToLowerInvariant());
}
