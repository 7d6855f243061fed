using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>What holds for the verification of every provider: a genuine request is accepted, and nothing that differs from it anywhere.</summary>
public class ProviderSignatureTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Providers => [.. TestProviders.Registry.Names];

    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string>();
            foreach (var provider in TestProviders.Registry.Names.Order(StringComparer.Ordinal))
            {
                foreach (var sample in ProviderUnderTest.Of(provider).SignedSamples)
                {
                    samples.Add(provider, sample.Name);
                }
            }

            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_has_signed_samples(string provider) => Assert.NotEmpty(ProviderUnderTest.Of(provider).SignedSamples);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_genuine_request_is_accepted(string provider, string name) =>
        Assert.Equal(VerificationResult.Accepted, Sample(provider, name).Verify(provider));

    [Theory]
    [MemberData(nameof(Samples))]
    public void One_changed_bit_anywhere_in_what_is_signed_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        for (var bit = 0; sample.CoversBody && bit < sample.Body.Length * 8; bit++)
        {
            var body = sample.Body.ToArray();
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!sample.IsForm || Means(sample, body) != Means(sample, sample.Body))
            {
                AssertRefused(provider, sample with { Body = body }, $"bit {bit} of the body");
            }
        }

        for (var bit = 8; sample.CoversQuery && bit < sample.Query.Length * 8; bit++)
        {
            var query = sample.Query.ToCharArray();
            query[bit / 8] = (char)(query[bit / 8] ^ (1 << (bit % 8)));
            if (sample.MeaningOfParameters(new(query)) != sample.MeaningOfParameters(sample.Query))
            {
                AssertRefused(provider, sample with { Query = new(query) }, $"bit {bit} of the query");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void One_changed_character_anywhere_in_the_signature_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        for (var position = 0; position < sample.Signature?.Value.Length; position++)
        {
            for (var character = '!'; character <= '\u00FF'; character++)
            {
                var value = sample.Signature.Value.Value.ToCharArray();
                value[position] = character;
                AssertSignatureRefused(provider, sample, new(value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_signature_of_another_length_or_case_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        if (sample.Signature is not { Value: var value })
        {
            return;
        }

        for (var length = 0; length < value.Length; length++)
        {
            AssertSignatureRefused(provider, sample, value[..length]);
            AssertSignatureRefused(provider, sample, value[(length + 1)..]);
        }

        string[] others =
        [
            value + "0", value + "=", value + "\0", "0" + value, value + value, $"{value},{value}", $"{value}, {value}", $"\"{value}\"", value.ToUpperInvariant(), value.ToLowerInvariant(),
            new('0', value.Length), new('A', value.Length), new('a', 100_000), "=", "sha256=", "Bearer", "Bearer ", "...", "é",
        ];
        Assert.All(others, other => AssertSignatureRefused(provider, sample, other));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_missing_or_doubled_signature_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        if (sample.Signature is not null)
        {
            Assert.Contains(sample.Verify(provider, times: 0), new[] { VerificationResult.MissingSignature, VerificationResult.UnsignedByProvider });
            Assert.Equal(VerificationResult.DuplicateSignature, sample.Verify(provider, times: 2));
        }

        foreach (var doubled in sample.CoversQuery ? Doubled(sample.Query[1..]) : [])
        {
            AssertRefused(provider, sample with { Query = "?" + doubled }, doubled);
        }

        foreach (var doubled in sample is { IsForm: true, CoversBody: true } ? Doubled(Encoding.Latin1.GetString(sample.Body)) : [])
        {
            AssertRefused(provider, sample with { Body = Encoding.Latin1.GetBytes(doubled) }, doubled);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_body_of_another_length_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        if (!sample.CoversBody)
        {
            return;
        }

        for (var length = 0; length < sample.Body.Length; length++)
        {
            AssertRefused(provider, sample with { Body = sample.Body[..length] }, $"{length} bytes of the body");
        }

        AssertRefused(provider, sample with { Body = [.. sample.Body, (byte)'\n'] }, "a line break behind the body");
        AssertRefused(provider, sample with { Body = [0xEF, 0xBB, 0xBF, .. sample.Body] }, "a byte order mark before the body");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_body_written_anew_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        if (!sample.CoversBody || sample.IsForm || sample.Body.Length == 0)
        {
            return;
        }

        using var document = JsonDocument.Parse(sample.Body);
        byte[][] again = [JsonSerializer.SerializeToUtf8Bytes(document.RootElement), JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Indented)];
        foreach (var body in again.Where(body => !body.AsSpan().SequenceEqual(sample.Body)))
        {
            AssertRefused(provider, sample with { Body = body }, "the same JSON, written anew");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Without_its_keys_or_with_others_a_genuine_request_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        AssertRefused(provider, sample with { Keys = new Dictionary<string, string>() }, "no keys");
        AssertRefused(provider, sample with { Keys = sample.Keys.ToDictionary(key => key.Key, _ => "") }, "empty keys");
        AssertRefused(provider, sample with { Keys = sample.Keys.ToDictionary(key => key.Key, key => key.Value + "0") }, "other keys");
        AssertRefused(provider, sample with { Keys = sample.Keys.ToDictionary(key => key.Key + "0", key => key.Value) }, "keys under other names");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_signature_of_another_request_is_refused(string provider, string name)
    {
        var sample = Sample(provider, name);
        foreach (var other in ProviderUnderTest.Of(provider).SignedSamples.Where(other => sample is { CoversBody: true, Signature: not null } && other.Signature is not null && !other.Body.AsSpan().SequenceEqual(sample.Body)))
        {
            AssertRefused(provider, sample with { Signature = other.Signature }, $"the signature of {other.Name}");
        }
    }

    private static SignedSample Sample(string provider, string name) => ProviderUnderTest.Of(provider).SignedSamples.Single(sample => sample.Name == name);

    private static string Means(SignedSample sample, byte[] form) => sample.MeaningOfParameters(Encoding.Latin1.GetString(form));

    private static IEnumerable<string> Doubled(string parameters) => parameters.Split('&').Select(parameter => $"{parameters}&{parameter}");

    private static void AssertRefused(string provider, SignedSample sample, string what) => Assert.True(sample.Verify(provider) != VerificationResult.Accepted, $"{what} was accepted.");

    private static void AssertSignatureRefused(string provider, SignedSample sample, string signature)
    {
        var (header, genuine) = sample.Signature!.Value;
        if (sample.MeaningOfSignature(signature) != sample.MeaningOfSignature(genuine))
        {
            AssertRefused(provider, sample with { Signature = (header, signature) }, $"the signature '{signature}'");
        }
    }
}
