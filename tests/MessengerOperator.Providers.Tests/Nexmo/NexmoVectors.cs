using System.Text;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>Section 8 of Nexmo's page.</summary>
internal static class NexmoVectors
{
    public const string ApiKey = "abcd1234";
    public const string ApiSecret = "ABCDEFGH01234abc";
    public const string ApplicationId = "cccccccc-0000-4000-8000-000000000001";

    public const string SmsSecret = "Qm9ndXNTaWduYXR1cmVTZWNyZXRGb3JUZXN0czAx";

    public const string S1 =
        "api-key=abcd1234&msisdn=447700900001&to=447700900000&messageId=0A0000000123ABCD&text=hello+operator&type=text&keyword=HELLO&message-timestamp=2026-03-01+12%3A00%3A00&timestamp=1772366400&nonce=11111111-2222-4333-8444-555555555555";

    public const string S2 =
        "api-key=abcd1234&msisdn=48500100200&to=447700900000&messageId=0A0000000123ABCE&text=Tom+%26+Jerry+%3D+100%25+%C5%BC%C3%B3%C5%82%C4%87+%F0%9F%98%80&type=unicode&keyword=TOM&message-timestamp=2026-03-01+12%3A00%3A05&timestamp=1772366405&nonce=66666666-7777-4888-9999-aaaaaaaaaaaa";

    public const string MessagesSecret = "JwtSignatureSecretForTests-0123456789abcdef";

    public const string J1 =
        """{"channel":"messenger","message_uuid":"aaaaaaaa-0000-4000-8000-000000000001","to":"110000000000001","from":"7700000000000001","timestamp":"2026-03-01T12:00:00Z","message_type":"text","text":"hello operator"}""";

    public const string J1Token =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NzIzNjY0MDAsImp0aSI6ImJiYmJiYmJiLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6IjUxNDRhNGIxZTcyZDJmNjMwZjc3OTA2YmZlNmFiZDRmYTBkMjFlY2U3MDE4MDUzZTUwMGI3NmQ3MjAyNmYzOTYiLCJhcGlfa2V5IjoiYWJjZDEyMzQiLCJhcHBsaWNhdGlvbl9pZCI6ImNjY2NjY2NjLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.IqlIEmSZSdEWo4g9Uqmxzo7bP6V-KMx3G6wSXSs3fAc";

    public const string J2 =
        """{"channel":"sms","message_uuid":"aaaaaaaa-0000-4000-8000-000000000002","to":"447700900000","from":"48500100200","timestamp":"2026-03-01T12:00:05Z","message_type":"text","text":"Tom & Jerry = 100% żółć 😀","sms":{"num_messages":"1","keyword":"TOM"},"usage":{"currency":"EUR","price":"0.0050"}}""";

    public const string J2Token =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NzIzNjY0MDUsImp0aSI6ImJiYmJiYmJiLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6IjliMzcxN2ZlOTAzM2Q4MzBiNGFlZDM0ZjkyZDNmN2JiZDc3MjJhYzM3NjgxNGUwMzMzZTE5Y2E5ODlkNTYyYzAiLCJhcGlfa2V5IjoiYWJjZDEyMzQiLCJhcHBsaWNhdGlvbl9pZCI6ImNjY2NjY2NjLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.atfg2Cr7Uinuw6hsBVzgTTCjpfQbeTNhh-s2d3Ij9cU";

    /// <summary>By <c>spec.nexmo.signatureMethod</c>.</summary>
    public static readonly IReadOnlyDictionary<string, (string S1, string S2)> Signatures = new Dictionary<string, (string, string)>
    {
        ["Md5Hash"] = ("b9c03f6eabbf4908cc3f8264d813fbcb", "4bc0f9b8a376f30ee0886692bcf94d23"),
        ["Md5"] = ("B4FC309D2BC3CD81AB60650BE69F664D", "7B00A5D1828860D36A4FC331386034F5"),
        ["Sha1"] = ("5C4274C41C656879BB58CE5948A5423421F99DB7", "4EE172EC939911008380648644C35AFFBD85413D"),
        ["Sha256"] = ("EFCC912A9F9DE32E653979ED71319FE4248DCB408B0FAB69A71D4CD3FA4BF596", "AEE6B7F33ECA2ADE0A7D67ACF0EEFFD7F8B24A79CAB47F851DAC3D269A521604"),
        ["Sha512"] = (
            "2F68CB334D0BEE35B626ABEDD8DECE06643B3FE74A0024C980B8477DC91BAF0D756F5B813B4597C59D82CB32FD0963395616E2F408E55209E821E3E487DC91E5",
            "50646F843F1DA33E08A4482DB98188BE18AE174B161B00ABDCD743EF0171B51A4ADFADD009BF44D1984A1ED6A3F1D004B9D3D0C73DADB785A8D68E17D2086BF0"),
    };

    /// <summary>When the vectors were signed; S2 and J2 five seconds later.</summary>
    public static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1772366400);

    public const string MessagesSettings = $$"""{"apiKey":"{{ApiKey}}","mode":"Messages","applicationId":"{{ApplicationId}}"}""";

    public static string SmsSettings(string method) => $$"""{"apiKey":"{{ApiKey}}","mode":"Sms","inboundVerification":"Signature","signatureMethod":"{{method}}"}""";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
