namespace MessengerOperator.Providers.Nexmo;

/// <summary>How Vonage signs requests of the SMS API; one method for the whole account, chosen in its dashboard.</summary>
internal enum NexmoSignatureMethod
{
    /// <summary>MD5 of the text followed by the secret; Vonage's default.</summary>
    Md5Hash,

    /// <summary>HMAC-MD5.</summary>
    Md5,

    /// <summary>HMAC-SHA1.</summary>
    Sha1,

    /// <summary>HMAC-SHA256.</summary>
    Sha256,

    /// <summary>HMAC-SHA512.</summary>
    Sha512,
}
