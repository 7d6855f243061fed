using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Reads <c>spec.nexmo</c>. What is absent or not known decides nothing: no mode, no method, no trust.</summary>
internal readonly record struct NexmoSettings(ProviderSettings Block)
{
    private const string Sms = "Sms";
    private const string Messages = "Messages";
    private const string Path = "Path";

    /// <summary>Whether the account uses the SMS API.</summary>
    public bool IsSms => Block.Text("mode") == Sms;

    /// <summary>Whether the account uses the Messages API.</summary>
    public bool IsMessages => Block.Text("mode") == Messages;

    /// <summary>Whether nothing but the token in the path tells genuine requests. Only ever when the spec says so in as many words.</summary>
    public bool TrustsPath => IsSms && Block.Text("inboundVerification") == Path;

    /// <summary>The API key: it names the account.</summary>
    public string? ApiKey => Block.Text("apiKey");

    /// <summary>Id of the application, in lower case; only in mode Messages.</summary>
    public string? ApplicationId => Block.Text("applicationId")?.ToLowerInvariant();

    /// <summary>The one method that signatures in mode Sms are accepted in; null when there is none.</summary>
    public NexmoSignatureMethod? SignatureMethod => Block.Text("signatureMethod") switch
    {
        "Md5Hash" => NexmoSignatureMethod.Md5Hash,
        "Md5" => NexmoSignatureMethod.Md5,
        "Sha1" => NexmoSignatureMethod.Sha1,
        "Sha256" => NexmoSignatureMethod.Sha256,
        "Sha512" => NexmoSignatureMethod.Sha512,
        _ => null,
    };

    /// <summary>The numbers that have a webhook of their own; empty for the webhook of the whole account.</summary>
    public IReadOnlyList<NexmoNumber> Numbers
    {
        get
        {
            var numbers = new List<NexmoNumber>();
            foreach (var number in Block.Block.Array("numbers") is { } array ? array.EnumerateArray() : default)
            {
                if (number.Text("country") is { } country && number.Text("number") is { } msisdn)
                {
                    numbers.Add(new(country, msisdn));
                }
            }

            return numbers;
        }
    }
}
