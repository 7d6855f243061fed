using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>The kinds of content.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContentType>))]
public enum ContentType
{
    /// <summary>Text alone.</summary>
    [JsonStringEnumMemberName("text")]
    Text = 0,

    /// <summary>A picture.</summary>
    [JsonStringEnumMemberName("image")]
    Image,

    /// <summary>A film, an animation or a video note.</summary>
    [JsonStringEnumMemberName("video")]
    Video,

    /// <summary>A sound or voice message.</summary>
    [JsonStringEnumMemberName("audio")]
    Audio,

    /// <summary>Any other file.</summary>
    [JsonStringEnumMemberName("file")]
    File,

    /// <summary>A place.</summary>
    [JsonStringEnumMemberName("location")]
    Location,

    /// <summary>A sticker.</summary>
    [JsonStringEnumMemberName("sticker")]
    Sticker,

    /// <summary>Somebody's name and number.</summary>
    [JsonStringEnumMemberName("contact")]
    Contact,

    /// <summary>A pressed button.</summary>
    [JsonStringEnumMemberName("postback")]
    Postback,
}
