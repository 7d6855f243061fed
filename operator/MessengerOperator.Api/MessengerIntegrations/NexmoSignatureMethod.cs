namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The signature method chosen in Vonage's dashboard for the SMS API.</summary>
public enum NexmoSignatureMethod
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>MD5 hash (Vonage's default).</summary>
    Md5Hash,

    /// <summary>HMAC with MD5.</summary>
    Md5,

    /// <summary>HMAC with SHA-1.</summary>
    Sha1,

    /// <summary>HMAC with SHA-256.</summary>
    Sha256,

    /// <summary>HMAC with SHA-512.</summary>
    Sha512,
}
