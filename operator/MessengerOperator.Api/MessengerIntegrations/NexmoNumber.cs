using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A rented number.</summary>
public sealed record NexmoNumber
{
    /// <summary>The number with its country code, digits only, no leading +. In quotes: it is text.</summary>
    [Required]
    [Length(1, 15)]
    [ValidationRule("self.matches('^[0-9]+$')", SpecMessages.NumberIsDigits)]
    public string Number { get; init; } = "";

    /// <summary>Country the number was rented in, two upper-case letters (ISO 3166-1 alpha-2).</summary>
    [Required]
    [Length(2, 2)]
    [Pattern("^[A-Z]{2}$")]
    public string Country { get; init; } = "";
}
