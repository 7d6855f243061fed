using System.Globalization;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>Made-up files and cards inside messages.</summary>
internal static class TelegramMedia
{
    public static JsonObject PhotoSize(string name, int bytes, int width, int height) => new()
    {
        ["file_id"] = $"AgACexample{name}",
        ["file_unique_id"] = $"AQAD{name.ToLowerInvariant()}",
        ["file_size"] = bytes,
        ["width"] = width,
        ["height"] = height,
    };

    public static JsonObject Document() => File("BQACexample", "AgADdoc", "application/pdf", 48_000, ("file_name", "invoice.pdf"));

    public static JsonObject Voice() => File("AwACexample", "AgADvoice", "audio/ogg", 9_000, ("duration", 4));

    public static JsonObject Video() => File("BAACexample", "AgADvideo", "video/mp4", 700_000, ("duration", 7), ("width", 640), ("height", 360));

    public static JsonObject Sticker() => new()
    {
        ["file_id"] = "CAACexample",
        ["file_unique_id"] = "AgADstk",
        ["type"] = "regular",
        ["width"] = 512,
        ["height"] = 512,
        ["is_animated"] = false,
        ["is_video"] = false,
        ["emoji"] = "\U0001F44D",
        ["set_name"] = "SamplePack",
    };

    public static JsonObject Contact(long customerId) => new()
    {
        ["phone_number"] = string.Create(CultureInfo.InvariantCulture, $"+38044{customerId % 10_000_000:D7}"),
        ["first_name"] = "Oleh",
        ["last_name"] = "B",
        ["user_id"] = customerId + 1,
    };

    private static JsonObject File(string id, string uniqueId, string mimeType, int bytes, params ReadOnlySpan<(string Name, JsonNode Value)> more)
    {
        var file = new JsonObject { ["file_id"] = id, ["file_unique_id"] = uniqueId, ["mime_type"] = mimeType, ["file_size"] = bytes };
        foreach (var (name, value) in more)
        {
            file[name] = value;
        }

        return file;
    }
}
