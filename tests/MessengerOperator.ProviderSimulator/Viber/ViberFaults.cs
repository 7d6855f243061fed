using System.Globalization;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Prepared faults: each row of Viber's error table by its symbolic name (<c>tooManyRequests</c>), and a gateway's page.</summary>
public static class ViberFaults
{
    /// <summary>A gateway's HTML page.</summary>
    public static Fault BadGateway { get; } = new() { Kind = FaultKind.Html, Status = StatusCodes.Status502BadGateway };

    /// <summary>A number that no table has.</summary>
    public static Fault GeneralError { get; } = Status(99);

    /// <summary>All of them, by the names that the control API takes.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets { get; } = ViberStatus.All.Where(status => status != ViberStatus.Ok)
        .Select(status => new KeyValuePair<string, Fault>(ViberStatus.NameOf(status), Status(status)))
        .Append(new("generalError", GeneralError))
        .Append(new("badGateway", BadGateway))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>HTTP 200 with that number.</summary>
    public static Fault Status(int status) => new() { Status = StatusCodes.Status200OK, Code = status.ToString(CultureInfo.InvariantCulture) };
}
