using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>The signature of the SMS API: a digest over all parameters, sorted.</summary>
internal static class NexmoSmsSignature
{
    /// <summary>The parameter that carries it, which is the only one that it does not cover.</summary>
    public const string Parameter = "sig";

    /// <summary>Bytes of a digest.</summary>
    public static int SizeOf(NexmoSignatureMethod method) => method switch
    {
        NexmoSignatureMethod.Md5Hash or NexmoSignatureMethod.Md5 => 16,
        NexmoSignatureMethod.Sha1 => SHA1.HashSizeInBytes,
        NexmoSignatureMethod.Sha256 => SHA256.HashSizeInBytes,
        _ => SHA512.HashSizeInBytes,
    };

    /// <summary>
    /// What is signed: <c>&amp;name=value</c> of each, in ordinal order of the names. The values have <c>_</c> in place of <c>&amp;</c> and <c>=</c>.
    /// </summary>
    public static byte[] SignedText(NexmoParameters parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters.Items.Where(item => item.Name != Parameter).OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            text.Append('&').Append(name).Append('=').Append(value.Replace('&', '_').Replace('=', '_'));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The digest of a text under a key. Which one is Vonage's choice and the account owner's; MD5 and SHA-1 among them are old.</summary>
#pragma warning disable CA5350, CA5351
    public static byte[] Digest(NexmoSignatureMethod method, byte[] key, byte[] text) => method switch
    {
        NexmoSignatureMethod.Md5Hash => MD5.HashData([.. text, .. key]),
        NexmoSignatureMethod.Md5 => HMACMD5.HashData(key, text),
        NexmoSignatureMethod.Sha1 => HMACSHA1.HashData(key, text),
        NexmoSignatureMethod.Sha256 => HMACSHA256.HashData(key, text),
        _ => HMACSHA512.HashData(key, text),
    };
#pragma warning restore CA5350, CA5351
}
