using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Hosting;

/// <summary>Holds <see cref="OperatorOptions"/> to the ranges that its documentation states.</summary>
internal sealed partial class OperatorOptionsValidator : IValidateOptions<OperatorOptions>
{
    public ValidateOptionsResult Validate(string? name, OperatorOptions options)
    {
        var election = options.LeaderElection;
        var result = new ValidateOptionsResultBuilder();
        void Require(bool holds, string property, string rule)
        {
            if (!holds)
            {
                result.AddError($"must be {rule}", property);
            }
        }

        void Within(TimeSpan value, TimeSpan from, TimeSpan to, string property) => Require(value >= from && value <= to, property, $"from {from} to {to}");

        Require(DnsLabel().IsMatch(options.Name), nameof(options.Name), "a DNS label of at most 50 characters");
        Require(options.Namespaces.All(item => DnsLabel().IsMatch(item)) && options.Namespaces.Distinct().Count() == options.Namespaces.Count, nameof(options.Namespaces), "different namespace names");
        Require(options.MaxParallelReconciliations is >= 1 and <= 256, nameof(options.MaxParallelReconciliations), "from 1 to 256");
        Require(options.ListPageSize is >= 1 and <= 10000, nameof(options.ListPageSize), "from 1 to 10000");
        Within(options.ReconcileTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.ReconcileTimeout));
        Within(options.ResyncPeriod, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(options.ResyncPeriod));
        Within(options.UncertaintyGracePeriod, TimeSpan.Zero, TimeSpan.FromHours(24), nameof(options.UncertaintyGracePeriod));
        Within(options.MinBackoff, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.MinBackoff));
        Within(options.MaxBackoff, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.MaxBackoff));
        Within(options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.DrainTimeout));
        Within(options.WatchTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), nameof(options.WatchTimeout));
        Within(options.StaleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(options.StaleAfter));
        Require(options.StaleAfter > options.WatchTimeout, nameof(options.StaleAfter), "longer than WatchTimeout");
        Require(options.MinBackoff <= options.MaxBackoff, nameof(options.MinBackoff), "at most MaxBackoff");
        Within(election.LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(election.LeaseDuration));
        Require(election.RenewDeadline < election.LeaseDuration, nameof(election.RenewDeadline), "shorter than LeaseDuration");
        Require(election.RetryPeriod > TimeSpan.Zero && election.RetryPeriod < election.RenewDeadline, nameof(election.RetryPeriod), "positive and shorter than RenewDeadline");
        return result.Build();
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$")]
    private static partial Regex DnsLabel();
}
