using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Webhooks;
using Microsoft.AspNetCore.WebUtilities;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>Every request in testassets becomes the events beside it, for every provider. UPDATE_EXPECTED=1 writes the expected files anew, to be read before they are committed.</summary>
public class ProviderWebhookParsingTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Providers => [.. TestProviders.Registry.Names];

    public static TheoryData<string, string> Assets
    {
        get
        {
            var assets = new TheoryData<string, string>();
            foreach (var asset in TestProviders.Registry.Names.Order(StringComparer.Ordinal).SelectMany(WebhookAsset.Of))
            {
                assets.Add(asset.Provider, asset.File);
            }

            return assets;
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_has_requests_to_read(string provider)
    {
        Assert.Equal(provider, ProviderUnderTest.Of(provider).Name);
        Assert.NotEmpty(WebhookAsset.Of(provider));
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public void A_request_becomes_the_expected_events(string provider, string file)
    {
        var asset = new WebhookAsset(provider, file);
        var events = asset.Events(asset.Read()).Select(messengerEvent => Summary(asset, messengerEvent)).ToArray();
        JsonNode actual = events.Length == 1 ? events[0] : new JsonArray([.. events]);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            asset.Update(events.Length == 1, actual.ToJsonString(Indented));
        }

        Assert.True(JsonElement.DeepEquals(asset.Expected(), JsonSerializer.SerializeToElement(actual)), actual.ToJsonString(Indented));
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public void A_repeated_request_has_the_same_ids_and_events_of_one_request_have_different_ones(string provider, string file)
    {
        var asset = new WebhookAsset(provider, file);
        var ids = asset.Events(asset.Read()).Select(messengerEvent => messengerEvent.Id).ToList();
        Assert.Equal(ids, asset.Events(asset.Read()).Select(messengerEvent => messengerEvent.Id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public void Originals_are_kept_byte_for_byte_and_in_order(string provider, string file)
    {
        var asset = new WebhookAsset(provider, file);
        var body = asset.Read();
        var last = 0;
        foreach (var messengerEvent in asset.Events(body))
        {
            var original = messengerEvent.Data.Original;
            Assert.Contains(original.ToString(), Encoding.UTF8.GetString(asset.Data(messengerEvent)), StringComparison.Ordinal);
            if (asset.IsJson)
            {
                Assert.True(body.AsSpan().Overlaps(original.Utf8.Span, out var offset), "The original is not a slice of the body.");
                Assert.True(offset >= last, "The events are not in the order of the body.");
                last = offset;
            }
            else
            {
                AssertHoldsParameters(Encoding.UTF8.GetString(body), original);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public void Whatever_a_value_is_replaced_with_there_are_valid_events(string provider, string file)
    {
        var asset = new WebhookAsset(provider, file);
        var essential = ProviderUnderTest.Of(provider).Essential;
        foreach (var (path, bytes) in asset.IsJson ? HostileValues.OfJson(asset.Read()) : HostileValues.OfForm(asset.Read()))
        {
            var result = asset.Parse(bytes);
            Assert.True(result is ParseResult.Events || essential.Contains(path), $"{path}: {Encoding.UTF8.GetString(bytes)}");
            foreach (var messengerEvent in (result as ParseResult.Events)?.Items ?? [])
            {
                asset.Data(messengerEvent);
                AssertNotRounded(asset, messengerEvent);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Assets))]
    public void A_request_cut_anywhere_is_malformed_or_gives_valid_events(string provider, string file)
    {
        var asset = new WebhookAsset(provider, file);
        var body = asset.Read().AsSpan().Trim(" \r\n"u8).ToArray();
        for (var length = 0; length < body.Length; length++)
        {
            var result = asset.Parse(body[..length]);
            Assert.True(result is ParseResult.Malformed || !asset.IsJson, $"{length} bytes were read.");
            Assert.All((result as ParseResult.Events)?.Items ?? [], messengerEvent => asset.Data(messengerEvent));
        }
    }

    private static JsonObject Summary(WebhookAsset asset, MessengerEvent messengerEvent)
    {
        var summary = JsonNode.Parse(asset.Data(messengerEvent))!.AsObject();
        summary.Remove("original");
        summary["id"] = messengerEvent.Id;
        summary["type"] = EventTypes.Name(messengerEvent.Type);
        if (messengerEvent.AccountId is { } accountId)
        {
            summary["accountId"] = accountId;
        }

        return summary;
    }

    // Parameters are no JSON, so their original is an object made of them: each is there, as text.
    private static void AssertHoldsParameters(string form, JsonFragment original)
    {
        using var document = JsonDocument.Parse(original.Utf8);
        foreach (var (name, values) in QueryHelpers.ParseQuery(form))
        {
            if (values.Count == 1)
            {
                Assert.Equal(values[0], document.RootElement.GetProperty(name).GetString());
            }
        }
    }

    // In texts only: coordinates and durations are numbers, and may be rounded.
    private static void AssertNotRounded(WebhookAsset asset, MessengerEvent messengerEvent)
    {
        var data = JsonNode.Parse(asset.Data(messengerEvent))!.AsObject();
        data.Remove("original");
        Assert.DoesNotContain("9007199254740992", messengerEvent.Id, StringComparison.Ordinal);
        Assert.DoesNotContain("9007199254740992\"", data.ToJsonString(), StringComparison.Ordinal);
    }
}
