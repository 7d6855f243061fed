using System.Globalization;
using System.Text;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>Changes samples at random, the same way for the same seed. FUZZ_SEED chooses another one, FUZZ_SECONDS runs on for that long.</summary>
internal sealed class Fuzzer
{
    private const int DefaultSeed = 20261124;
    private const int MostChanges = 6;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "\"\"", "\"\\ud83d\"", "\"\\u0000\"", "-0", "1e400", "-1e-400", "9223372036854775808", "18446744073709551616", "\\", "\"", ",", ":", "{", "}", "[", "]", "&", "=", "%", "%00",
            "%zz", "%F0%9F", "+", ";", "?", "#", ".", "..", "\u0000", "\u00E9", "\uFEFF", "\uD83D\uDE00", "/*x*/", "\r\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0xBD],
        Encoding.UTF8.GetBytes(new string('[', 200)),
        Encoding.UTF8.GetBytes(new string('9', 400)),
    ];

    private readonly Random _random;
    private readonly long _deadline;
    private readonly int _cases;
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Runs for this many cases at least.</summary>
    public Fuzzer(int cases)
    {
        Seed = Number("FUZZ_SEED") ?? DefaultSeed;
        _random = new Random(Seed);
        _cases = cases;
        _deadline = _time.GetTimestamp() + ((Number("FUZZ_SECONDS") ?? 0) * _time.TimestampFrequency);
    }

    public int Seed { get; }

    /// <summary>Number of the case at hand, from 1.</summary>
    public int Case { get; private set; }

    /// <summary>Goes on to the next case; false at the end.</summary>
    public bool Next() => Case++ < _cases || _time.GetTimestamp() < _deadline;

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of <paramref name="corpus"/>, changed in one to six places.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var bytes = Pick(corpus).ToList();
        for (var changes = _random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            Change(bytes, corpus);
        }

        return [.. bytes];
    }

    /// <summary>The same for a text of characters below U+0100.</summary>
    public string Mutate(string text) => Encoding.Latin1.GetString(Mutate([Encoding.Latin1.GetBytes(text)]));

    /// <summary>For a failed case: how to have it again.</summary>
    public string Describe(byte[] input) => $"FUZZ_SEED={Seed}, case {Case}: {Convert.ToBase64String(input)}";

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> corpus)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, _random.Next(1, 1 + _random.Next(1, 64)));
        switch (_random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Pick(Tokens));
                break;
            case 5:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Pick(Tokens));
                break;
            case 6:
                var other = Pick(corpus);
                var from = _random.Next(other.Length + 1);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                break;
            case 7 when _random.Next(8) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
