using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Checks <see cref="IntegrationOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class IntegrationOptionsValidator : IValidateOptions<IntegrationOptions>;
