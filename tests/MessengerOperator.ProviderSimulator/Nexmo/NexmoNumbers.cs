using System.Globalization;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>The numbers of an account.</summary>
internal sealed class NexmoNumbers
{
    private const int PageSize = 10;

    private readonly Lock _gate = new();
    private List<NexmoNumber> _numbers = [];

    public IReadOnlyList<NexmoNumber> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _numbers];
            }
        }
    }

    /// <summary>Reads <c>COUNTRY/NUMBER</c>, separated by commas; null when it is none.</summary>
    public static IReadOnlyList<(string Country, string Msisdn)>? Parse(string list)
    {
        var numbers = new List<(string, string)>();
        foreach (var entry in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Split('/') is not [{ Length: 2 } country, { Length: > 0 } msisdn] || !msisdn.All(char.IsAsciiDigit))
            {
                return null;
            }

            numbers.Add((country, msisdn));
        }

        return numbers;
    }

    /// <summary>Rents and gives back until there are these; those that stay keep what was set on them.</summary>
    public void Rent(IReadOnlyList<(string Country, string Msisdn)> wanted, string voiceCallback)
    {
        var voice = voiceCallback.Split('=', 2);
        lock (_gate)
        {
            _numbers =
            [
                .. wanted.Select(number => _numbers.Find(known => known.Country == number.Country && known.Msisdn == number.Msisdn) ?? new NexmoNumber(number.Country, number.Msisdn)
                {
                    VoiceCallbackType = voice[0],
                    VoiceCallbackValue = voice.ElementAtOrDefault(1) ?? "",
                }),
            ];
        }
    }

    /// <summary>Links all of them to an application.</summary>
    public void Link(string application)
    {
        lock (_gate)
        {
            _numbers = [.. _numbers.Select(number => number with { Application = application })];
        }
    }

    public NexmoNumber? Find(string? country, string? msisdn) => All.FirstOrDefault(number => number.Country == country && number.Msisdn == msisdn);

    public void Replace(NexmoNumber changed)
    {
        lock (_gate)
        {
            _numbers = [.. _numbers.Select(number => number.Country == changed.Country && number.Msisdn == changed.Msisdn ? changed : number)];
        }
    }

    /// <summary>The answer to <c>/account/numbers</c>: a page of those that match, by the ways of searching that Vonage has.</summary>
    public JsonObject Search(NexmoCall call)
    {
        var pattern = call["pattern"] ?? "";
        var matching = All.Where(number => call["search_pattern"] switch
        {
            "1" => number.Msisdn.Contains(pattern, StringComparison.Ordinal),
            "2" => number.Msisdn.EndsWith(pattern, StringComparison.Ordinal),
            _ => number.Msisdn.StartsWith(pattern, StringComparison.Ordinal),
        }).ToList();
        var (size, index) = (Number(call["size"], PageSize), Number(call["index"], 1));
        return new JsonObject
        {
            ["count"] = matching.Count,
            ["numbers"] = new JsonArray([.. matching.Skip((index - 1) * size).Take(size).Select(number => (JsonNode)number.ToJson())]),
        };
    }

    private static int Number(string? text, int absent) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100 ? number : absent;
}
