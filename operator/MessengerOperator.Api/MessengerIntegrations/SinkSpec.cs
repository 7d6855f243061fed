using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where events go: exactly one kind of sink.</summary>
[ValidationRule("has(self.http)", SpecMessages.SinkHasOneKind)]
public sealed record SinkSpec
{
    /// <summary>An HTTP endpoint.</summary>
    public HttpSinkSpec? Http { get; init; }
}
