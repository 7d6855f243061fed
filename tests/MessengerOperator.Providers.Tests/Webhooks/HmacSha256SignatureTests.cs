using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Webhooks;

/// <summary>A key's HMAC is set up once and used by many requests at once; none of them may see another's.</summary>
public sealed class HmacSha256SignatureTests
{
    private static readonly byte[][] Keys = [.. Enumerable.Range(0, 3).Select(number => Encoding.ASCII.GetBytes($"secret-{number}"))];

    [Fact]
    public void Many_requests_at_once_under_one_key_are_each_verified_by_their_own_body()
    {
        var verdicts = new VerificationResult[4000];

        Parallel.For(0, verdicts.Length, new() { MaxDegreeOfParallelism = 16 }, number =>
        {
            var body = Encoding.ASCII.GetBytes(new string('x', number % 300) + number);
            var isGenuine = number % 3 > 0;
            verdicts[number] = Verify(Sign(Keys[0], isGenuine ? body : [.. body, 1]), body, Keys[0]);
        });

        Assert.All(verdicts.Index(), verdict => Assert.Equal(verdict.Index % 3 > 0 ? VerificationResult.Accepted : VerificationResult.WrongSignature, verdict.Item));
    }

    [Fact]
    public void Each_of_several_keys_verifies_what_was_signed_with_it()
    {
        var body = "{}"u8.ToArray();

        Assert.All(Keys, key => Assert.Equal(VerificationResult.Accepted, Verify(Sign(key, body), body, Keys)));
        Assert.Equal(VerificationResult.WrongSignature, Verify(Sign("secret-3"u8, body), body, Keys));
    }

    [Fact]
    public void Another_array_with_the_same_content_is_the_same_key()
    {
        var body = "{}"u8.ToArray();

        Assert.Equal(VerificationResult.Accepted, Verify(Sign(Keys[0], body), body, [.. Keys[0]]));
    }

    private static VerificationResult Verify(string signature, byte[] body, params byte[][] keys) =>
        HmacSha256Signature.Verify(signature, prefix: "", SignatureEncoding.Hex, keys, body);

    private static string Sign(ReadOnlySpan<byte> key, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(key, body));
}
