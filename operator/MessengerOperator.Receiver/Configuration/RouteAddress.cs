using System.Buffers;
using System.Text;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Where an integration is called: a path, or a path and the token that ends it.</summary>
internal sealed class RouteAddress
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxTokenLength = 256;

    /// <summary>Shortest token, in characters: 128 random bits in base64.</summary>
    public const int MinTokenLength = 22;

    private static readonly SearchValues<char> TokenAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private RouteAddress(string prefix, string? token) =>
        (Prefix, Path, Token) = (prefix, token is null ? prefix : $"{prefix}/{token}", token is null ? null : Encoding.UTF8.GetBytes(token));

    /// <summary>The part that is no secret; the whole path when there is no token.</summary>
    public string Prefix { get; }

    /// <summary>The whole path, as it is called. A secret when there is a token.</summary>
    public string Path { get; }

    /// <summary>The token as UTF-8; null when there is none.</summary>
    public byte[]? Token { get; }

    /// <summary>A path without a token.</summary>
    public static RouteAddress Of(string path) => new(path, token: null);

    /// <summary>A path that ends in a token.</summary>
    public static RouteAddress Of(string path, string token) => new(path, token);

    /// <summary>Whether a token can end a path and cannot be guessed.</summary>
    public static bool IsToken(string token) => token.Length is >= MinTokenLength and <= MaxTokenLength && !token.AsSpan().ContainsAnyExcept(TokenAlphabet);
}
