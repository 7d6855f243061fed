namespace MessengerOperator.Providers.Webhooks;

/// <summary>How a signature's bytes are written.</summary>
internal enum SignatureEncoding
{
    /// <summary>Hexadecimal digits of either case.</summary>
    Hex,

    /// <summary>The standard base64 alphabet with padding.</summary>
    Base64,
}
