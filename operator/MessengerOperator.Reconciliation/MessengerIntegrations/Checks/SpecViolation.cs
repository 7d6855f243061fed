namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>A rule that a spec breaks.</summary>
/// <param name="Field">JSON path of the field to mend, such as <c>spec.webhook.url</c> or <c>spec.sink.http.headers[2].name</c>.</param>
/// <param name="Message">What to do, a fixed text that carries nothing of the object.</param>
public sealed record SpecViolation(string Field, string Message)
{
    /// <summary><c>field: message</c>, fit for a condition.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
