using Microsoft.Extensions.Options;

namespace MessengerOperator.Providers.Http;

/// <summary>Checks the ranges of <see cref="ProviderHttpOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class ProviderHttpOptionsValidator : IValidateOptions<ProviderHttpOptions>;
