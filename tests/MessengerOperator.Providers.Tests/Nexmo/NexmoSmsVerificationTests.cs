using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Nexmo;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>Mode Sms: the vectors S1 and S2 of Nexmo's page in all methods and transports, and what strangers try.</summary>
public class NexmoSmsVerificationTests
{
    private const string Next = "another-signature-secret-0123456789";
    private const string PathToken = "c2VjcmV0LXBhdGgtdG9rZW4tMDE";
    private const string PathSettings = """{"apiKey":"abcd1234","mode":"Sms","inboundVerification":"Path"}""";

    private static readonly string Sha256 = NexmoVectors.Signatures["Sha256"].S1;

    public static TheoryData<string> Methods => [.. NexmoVectors.Signatures.Keys];

    public static TheoryData<string, string> OtherMethods
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var configured in NexmoVectors.Signatures.Keys)
            {
                foreach (var used in NexmoVectors.Signatures.Keys.Where(used => used != configured))
                {
                    pairs.Add(configured, used);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void S1_and_S2_are_accepted_by_query_form_and_JSON(string method)
    {
        var (s1, s2) = NexmoVectors.Signatures[method];
        foreach (var (parameters, signature) in new[] { (NexmoVectors.S1, s1), (NexmoVectors.S2, s2) })
        {
            var signed = $"{parameters}&sig={signature}";
            Assert.Equal(VerificationResult.Accepted, Verify(Post(signed), method));
            Assert.Equal(VerificationResult.Accepted, Verify(Get(signed), method));
            Assert.Equal(VerificationResult.Accepted, Verify(Post(Json(signed).ToJsonString()), method));
        }
    }

    [Theory]
    [MemberData(nameof(OtherMethods))]
    public void Only_the_configured_method_counts(string configured, string used) =>
        Assert.NotEqual(VerificationResult.Accepted, Verify(Post($"{NexmoVectors.S1}&sig={NexmoVectors.Signatures[used].S1}"), configured));

    [Theory]
    [InlineData(NexmoVectors.S1, 226)]
    [InlineData(NexmoVectors.S2, 244)]
    public void The_signed_text_has_the_documented_length(string parameters, int bytes) =>
        Assert.Equal(bytes, NexmoSmsSignature.SignedText(NexmoParameterReader.Read(Post(parameters))!).Length);

    [Theory]
    [InlineData(NexmoSignatureMethod.Md5Hash, "D2E7B1DC968737C5998AD624E02F90B7")]
    [InlineData(NexmoSignatureMethod.Md5, "DDEBD46008C2D4E93CCE578A332A52D5")]
    [InlineData(NexmoSignatureMethod.Sha1, "27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A")]
    internal void The_vectors_of_Vonages_own_library_come_out_the_same(NexmoSignatureMethod method, string signature)
    {
        var parameters = NexmoParameterReader.Read(Post("message-timestamp=2013-11-21+15%3A27%3A30&messageId=020000001B0FE827&msisdn=14843472194&text=Test+again&timestamp=1385047698&to=13239877404&type=text"))!;
        Assert.Equal(signature, Convert.ToHexString(NexmoSmsSignature.Digest(method, NexmoVectors.Utf8("my_secret_key_for_testing"), NexmoSmsSignature.SignedText(parameters))));
    }

    [Fact]
    public void Parameters_that_nobody_knows_are_signed_too()
    {
        var parameters = $"{NexmoVectors.S1}&a-new-one=%26yes";
        Assert.Equal(VerificationResult.Accepted, Verify(Post(Sign(parameters))));
        Assert.Equal(VerificationResult.WrongSignature, Verify(Post($"{parameters}&sig={Sha256}")));
    }

    [Fact]
    public void JSON_members_that_are_no_texts_count_as_they_are_written()
    {
        var signed = Json(Sign(NexmoVectors.S1.Replace("type=text", "type=text&concat=true&concat-part=2&price=0.50&nothing=null", StringComparison.Ordinal)));
        foreach (var (name, raw) in new[] { ("concat", "true"), ("concat-part", "2"), ("price", "0.50"), ("nothing", "null") })
        {
            signed[name] = JsonNode.Parse(raw);
        }

        Assert.Equal(VerificationResult.Accepted, Verify(Post(signed.ToJsonString())));
        signed["concat-part"] = 3;
        Assert.Equal(VerificationResult.WrongSignature, Verify(Post(signed.ToJsonString())));
    }

    [Fact]
    public void The_order_of_parameters_does_not_count() =>
        Assert.Equal(VerificationResult.Accepted, Verify(Post(string.Join('&', $"{NexmoVectors.S1}&sig={Sha256}".Split('&').Reverse()))));

    [Fact]
    public void The_letter_case_of_the_digest_does_not_count() =>
        Assert.Equal(VerificationResult.Accepted, Verify(Post($"{NexmoVectors.S1}&sig={Sha256.ToLowerInvariant()}")));

    [Theory]
    [InlineData("sig")]
    [InlineData("text")]
    [InlineData("timestamp")]
    public void A_parameter_that_is_there_twice_is_refused(string name)
    {
        var signed = Sign(NexmoVectors.S1);
        var again = signed.Split('&').First(parameter => parameter.StartsWith($"{name}=", StringComparison.Ordinal));
        Assert.Equal(VerificationResult.DuplicateSignature, Verify(Post($"{signed}&{again}")));
        Assert.Equal(VerificationResult.DuplicateSignature, Verify(Get($"{again}&{signed}")));
        Assert.Equal(VerificationResult.DuplicateSignature, Verify(Post(Json(signed).ToJsonString()[..^1] + $",\"{name}\":\"x\"}}")));
    }

    [Fact]
    public void A_name_that_would_sign_like_two_parameters_is_refused()
    {
        var trick = Sign(NexmoVectors.S1).Replace("&text=hello+operator&type=text", "&text%3Dhello+operator%26type=text", StringComparison.Ordinal);
        Assert.Equal(VerificationResult.MalformedSignature, Verify(Post(trick)));
    }

    [Theory]
    [InlineData("&extra=%zz")]
    [InlineData("&extra=%")]
    [InlineData("&extra=%ED%A0%BD")]
    [InlineData("&extra=%F0%9F%98")]
    public void What_can_be_read_in_two_ways_is_refused(string parameter) => Assert.Equal(VerificationResult.MalformedSignature, Verify(Post(Sign(NexmoVectors.S1) + parameter)));

    [Theory]
    [InlineData("{\"sig\":\"x\"")]
    [InlineData("{\"sig\":{}}")]
    [InlineData("{\"sig\":\"x\",\"text\":[1]}")]
    [InlineData("{\"\\ud83d\":1}")]
    public void Another_JSON_is_refused(string body) => Assert.NotEqual(VerificationResult.Accepted, Verify(Post(body)));

    [Fact]
    public void More_parameters_than_Vonage_ever_sends_are_refused() =>
        Assert.Equal(VerificationResult.MalformedSignature, Verify(Post(string.Join('&', Sign(NexmoVectors.S1 + string.Concat(Enumerable.Range(0, 100).Select(i => $"&p{i}=1"))).Split('&').Reverse()))));

    [Fact]
    public void Without_a_signature_nothing_is_accepted() => Assert.Equal(VerificationResult.MissingSignature, Verify(Post(NexmoVectors.S1)));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz")]
    [InlineData("b9c03f6eabbf4908cc3f8264d813fbcb")]
    public void A_signature_of_another_form_is_refused(string signature) => Assert.NotEqual(VerificationResult.Accepted, Verify(Post($"{NexmoVectors.S1}&sig={signature}")));

    [Theory]
    [InlineData(-5 * 60, true)]
    [InlineData(-(5 * 60) - 1, false)]
    [InlineData(0, true)]
    [InlineData(25 * 3600, true)]
    [InlineData((25 * 3600) + 1, false)]
    public void A_message_counts_while_Vonage_may_repeat_it(int secondsLater, bool accepted) => Assert.Equal(
        accepted ? VerificationResult.Accepted : VerificationResult.Expired,
        Verify(Post($"{NexmoVectors.S1}&sig={Sha256}"), now: NexmoVectors.SignedAt.AddSeconds(secondsLater)));

    [Theory]
    [InlineData(73, true)]
    [InlineData(74, false)]
    public void A_receipt_counts_for_longer(int hoursLater, bool accepted) => Assert.Equal(
        accepted ? VerificationResult.Accepted : VerificationResult.Expired,
        Verify(Post(Sign("api-key=abcd1234&msisdn=447700900001&messageId=0A&status=delivered&timestamp=1772366400")), now: NexmoVectors.SignedAt.AddHours(hoursLater)));

    [Theory]
    [InlineData("")]
    [InlineData("&timestamp=")]
    [InlineData("&timestamp=yesterday")]
    [InlineData("&timestamp=-1")]
    [InlineData("&timestamp=99999999999999999999")]
    [InlineData("&timestamp=999999999999999")]
    public void Signed_without_a_time_is_refused(string timestamp) =>
        Assert.Equal(VerificationResult.MalformedSignature, Verify(Post(Sign("api-key=abcd1234&msisdn=447700900001&messageId=0A&type=text&text=x" + timestamp))));

    [Theory]
    [InlineData("api-key=wxyz9876&")]
    [InlineData("api-key=ABCD1234&")]
    [InlineData("")]
    public void Another_accounts_request_is_refused_even_if_its_secret_is_the_same(string apiKey) =>
        Assert.Equal(VerificationResult.WrongSignature, Verify(Post(Sign(NexmoVectors.S1.Replace("api-key=abcd1234&", apiKey, StringComparison.Ordinal)))));

    [Theory]
    [InlineData(NexmoVectors.SmsSecret)]
    [InlineData(Next)]
    public void During_a_rotation_both_secrets_are_accepted(string secret) =>
        Assert.Equal(VerificationResult.Accepted, Verify(Post(Sign(NexmoVectors.S1, secret)), keys: [Next, NexmoVectors.SmsSecret]));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mode":"Sms"}""")]
    [InlineData("""{"mode":"Sms","apiKey":"abcd1234"}""")]
    [InlineData("""{"mode":"Sms","apiKey":"abcd1234","signatureMethod":"Sha3"}""")]
    [InlineData("""{"mode":"Sms","signatureMethod":"Sha256"}""")]
    [InlineData("""{"apiKey":"abcd1234","signatureMethod":"Sha256"}""")]
    [InlineData("""{"mode":"Messages","apiKey":"abcd1234","signatureMethod":"Sha256"}""")]
    [InlineData("""{"apiKey":"abcd1234","inboundVerification":"Path"}""")]
    [InlineData("""{"mode":"Messages","apiKey":"abcd1234","inboundVerification":"Path"}""")]
    [InlineData("""{"mode":"Sms","apiKey":"abcd1234","inboundVerification":"path"}""")]
    [InlineData("""{"mode":"Sms","inboundVerification":"Path"}""")]
    public void Settings_that_do_not_say_it_all_accept_nothing(string settings)
    {
        using var block = JsonDocument.Parse(settings);
        var keys = new WebhookKeys([new("signatureSecret", [new Secret(NexmoVectors.SmsSecret)]), new("pathToken", [new Secret(PathToken)])]);
        var context = new VerificationContext(keys, new(block.RootElement), NexmoVectors.SignedAt);
        Assert.NotEqual(VerificationResult.Accepted, Webhook.Verify(Post($"{NexmoVectors.S1}&sig={Sha256}", $"/acme/{PathToken}"), context));
    }

    [Fact]
    public void The_token_in_the_path_is_enough_where_the_spec_says_so()
    {
        Assert.Equal(VerificationResult.Accepted, VerifyByPath(Post(NexmoVectors.S1, $"/acme/{PathToken}"), PathToken));
        Assert.Equal(VerificationResult.Accepted, VerifyByPath(Get(NexmoVectors.S1, $"/acme/{PathToken}"), Next, PathToken));
    }

    [Fact]
    public void By_path_another_token_another_account_or_a_doubled_parameter_is_refused()
    {
        Assert.Equal(VerificationResult.WrongSignature, VerifyByPath(Post(NexmoVectors.S1, $"/acme/{PathToken}"), Next));
        Assert.Equal(VerificationResult.WrongSignature, VerifyByPath(Post(NexmoVectors.S1, $"/{PathToken}/acme"), PathToken));
        Assert.Equal(VerificationResult.WrongSignature, VerifyByPath(Post(NexmoVectors.S1, $"/acme/{PathToken}")));
        Assert.Equal(VerificationResult.WrongSignature, VerifyByPath(Post(NexmoVectors.S1, "/acme/"), ""));
        Assert.Equal(VerificationResult.WrongSignature, VerifyByPath(Post("messageId=0A&api-key=wxyz9876", $"/acme/{PathToken}"), PathToken));
        Assert.Equal(VerificationResult.DuplicateSignature, VerifyByPath(Post(NexmoVectors.S1 + "&text=other", $"/acme/{PathToken}"), PathToken));
    }

    [Fact]
    public void Vonages_check_of_the_url_is_answered_with_nothing()
    {
        Assert.Equal(new HandshakeResult.Answer("") { IsUnsigned = true }, Handshake(new("GET", "/acme", "", new TestHeaders(), default), NexmoVectors.SmsSettings("Sha256")));
        Assert.Equal(new HandshakeResult.Answer("") { IsUnsigned = true }, Handshake(new("GET", $"/acme/{PathToken}", "?", new TestHeaders(), default), PathSettings));
    }

    [Fact]
    public void Nothing_else_is_a_check_of_the_url()
    {
        var sms = NexmoVectors.SmsSettings("Sha256");
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(Get("a"), sms));
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(Get(NexmoVectors.S1), sms));
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(Post(""), sms));
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(new("GET", "/acme", "", new TestHeaders(), NexmoVectors.Utf8("text=x")), sms));
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(new("GET", "/acme", "", new TestHeaders(), default), NexmoVectors.MessagesSettings));
        Assert.Same(HandshakeResult.NotAHandshake, Handshake(new("GET", "/acme", "", new TestHeaders(), default), "{}"));
    }

    private static IProviderWebhook Webhook => TestProviders.Get("Nexmo").Webhook;

    private static WebhookRequest Post(string body, string path = "/acme") => new("POST", path, "", new TestHeaders(), NexmoVectors.Utf8(body));

    private static WebhookRequest Get(string query, string path = "/acme") => new("GET", path, "?" + query, new TestHeaders(), default);

    private static JsonObject Json(string form)
    {
        var json = new JsonObject();
        foreach (var parameter in form.Split('&').Select(parameter => parameter.Split('=')))
        {
            json[parameter[0]] = Uri.UnescapeDataString(parameter[1].Replace('+', ' '));
        }

        return json;
    }

    /// <summary>Signs with HMAC-SHA256 what Vonage's rules say, written once more here.</summary>
    private static string Sign(string form, string secret = NexmoVectors.SmsSecret)
    {
        var text = string.Concat(Json(form).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"&{member.Key}={member.Value!.GetValue<string>().Replace('&', '_').Replace('=', '_')}"));
        return $"{form}&sig={Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))}";
    }

    private static VerificationResult Verify(WebhookRequest request, string method = "Sha256", DateTimeOffset? now = null, string[]? keys = null)
    {
        using var settings = JsonDocument.Parse(NexmoVectors.SmsSettings(method));
        return Webhook.Verify(request, new(Keys("signatureSecret", keys ?? [NexmoVectors.SmsSecret]), new(settings.RootElement), now ?? NexmoVectors.SignedAt));
    }

    private static VerificationResult VerifyByPath(WebhookRequest request, params string[] tokens)
    {
        using var settings = JsonDocument.Parse(PathSettings);
        return Webhook.Verify(request, new(Keys("pathToken", tokens), new(settings.RootElement), NexmoVectors.SignedAt));
    }

    private static HandshakeResult Handshake(WebhookRequest request, string settings)
    {
        using var block = JsonDocument.Parse(settings);
        return Webhook.Handshake(request, new(Keys("signatureSecret", []), new(block.RootElement), NexmoVectors.SignedAt));
    }

    private static WebhookKeys Keys(string name, string[] values) => new([new(name, [.. values.Select(value => new Secret(value))])]);
}
