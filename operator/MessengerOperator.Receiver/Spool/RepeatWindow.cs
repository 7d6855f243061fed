using MessengerOperator.Providers;
using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Spool;

/// <summary>For how long repeats must be recognised.</summary>
internal sealed class RepeatWindow(ServedRoutes routes, ProviderRegistry providers)
{
    private static readonly TimeSpan Default = TimeSpan.FromHours(36);

    /// <summary>The longest window of the providers that are served.</summary>
    public TimeSpan Longest
    {
        get
        {
            var longest = TimeSpan.Zero;
            foreach (var route in routes.Current.Routes)
            {
                if (providers.TryGet(route.Provider, out var provider) && provider.Webhook.RepeatWindow > longest)
                {
                    longest = provider.Webhook.RepeatWindow;
                }
            }

            return longest > TimeSpan.Zero ? longest : Default;
        }
    }
}
