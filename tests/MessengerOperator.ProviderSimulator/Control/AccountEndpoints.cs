using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>The control API's routes under <c>/accounts/{id}</c>; an unknown id is answered with 404.</summary>
internal static class AccountEndpoints
{
    private const int MaxCount = 100_000;
    private const string Account = "/accounts/{id}";

    public static void MapAccount(this IEndpointRouteBuilder routes, SimulatorState state, IReadOnlyList<IProviderModule> modules)
    {
        routes.MapGet(Account, (string id) => state.Accounts.Find(id) is { } account ? Results.Ok(account.Summary) : Results.NotFound());
        routes.MapDelete(Account, async (string id) => await state.Accounts.RemoveAsync(id) ? Results.NoContent() : Results.NotFound());
        routes.MapPost(Account + "/revoke-token", (string id, TokenRevocation revocation) => state.Accounts.Do(id, account => account.RevokeToken(revocation.NewToken)));
        routes.MapPut(Account + "/local-mode", (string id, LocalModeSwitch mode) => state.Accounts.Do(id, account => account.LocalMode = mode.Enabled));
        routes.MapPut(Account + "/settings", (string id, IReadOnlyDictionary<string, string?> changes) => state.Accounts.Do(id, account => account.ChangeSettings(changes)));
        ControlEndpoints.MapFaults(routes, Account + "/faults", (context, _) =>
            state.Accounts.Find((string)context.Request.RouteValues["id"]!) is { } account
                ? (account.Faults, ControlEndpoints.Presets(modules, account.Summary.Provider))
                : null);

        MapEvents(routes, state);
        MapWebhook(routes, state);
        MapReports(routes, state);
    }

    private static void MapEvents(IEndpointRouteBuilder routes, SimulatorState state)
    {
        routes.MapPost(Account + "/messages", async (string id, CustomerMessage message, CancellationToken cancellationToken) =>
        {
            if (state.Accounts.Find(id) is not { } account)
            {
                return Results.NotFound();
            }

            if (message.Count is < 1 or > MaxCount || message.Customers < 1)
            {
                return Results.BadRequest(new ControlError("count is 1 to 100000, customers at least 1."));
            }

            var accepted = new List<AcceptedEvent>(message.Count);
            using var held = message.Batch ? account.Queue.Hold() : null;
            for (var number = 0; number < message.Count; number++)
            {
                accepted.Add(await account.AcceptAsync(Numbered(message, number), cancellationToken));
            }

            return Results.Ok<IReadOnlyList<AcceptedEvent>>(accepted);
        });
        routes.MapPost(Account + "/updates", (string id, JsonObject update) =>
            state.Accounts.Find(id) is { } account ? Results.Ok(account.AcceptRaw(update)) : Results.NotFound());
        routes.MapPut(Account + "/held", (string id, HoldSwitch hold) => state.Accounts.Do(id, account => account.SetHeld(hold.Held)));
        routes.MapPost(Account + "/deliveries/{deliveryId}/redeliver", async (string id, string deliveryId, SecretHeader? secret, CancellationToken cancellationToken) =>
            state.Accounts.Find(id) is { } account && await account.Queue.RedeliverAsync(account, deliveryId, secret ?? SecretHeader.Registered, cancellationToken) is { } repeated
                ? Results.Ok(repeated)
                : Results.NotFound(new ControlError("No such account or delivery, or no webhook to deliver to.")));
    }

    private static void MapWebhook(IEndpointRouteBuilder routes, SimulatorState state)
    {
        routes.MapPut(Account + "/webhook", async (string id, WebhookChange change, CancellationToken cancellationToken) =>
        {
            if (state.Accounts.Find(id) is not { } account)
            {
                return Results.NotFound();
            }

            await account.OverwriteWebhookAsync(change, cancellationToken);
            return Results.NoContent();
        });
        routes.MapDelete(Account + "/webhook", (string id) => state.Accounts.Do(id, account => account.RemoveWebhook()));
    }

    private static void MapReports(IEndpointRouteBuilder routes, SimulatorState state)
    {
        routes.MapGet(Account + "/registrations", async (string id, string? waitFor, double? timeoutSeconds, CancellationToken cancellationToken) =>
            state.Accounts.Find(id) is not { } account
                ? Results.NotFound()
                : await ControlEndpoints.WaitAsync(state, waitFor, timeoutSeconds, condition => condition.Holds(account.RegistrationReport), cancellationToken)
                    ?? Results.Ok(account.RegistrationReport));
        routes.MapGet(Account + "/deliveries", async (string id, string? waitFor, double? timeoutSeconds, CancellationToken cancellationToken) =>
            state.Accounts.Find(id) is not { } account
                ? Results.NotFound()
                : await ControlEndpoints.WaitAsync(state, waitFor, timeoutSeconds, condition => condition.Holds(account.DeliveryReport), cancellationToken)
                    ?? Results.Ok(account.DeliveryReport));
        routes.MapGet(Account + "/calls", async (string id, string? waitFor, double? timeoutSeconds, CancellationToken cancellationToken) =>
            state.Accounts.Find(id) is not { } account
                ? Results.NotFound()
                : await ControlEndpoints.WaitAsync(state, waitFor, timeoutSeconds, condition => condition.Holds(account.Calls), cancellationToken)
                    ?? Results.Ok(account.Calls.Report()));
        routes.MapDelete(Account + "/calls", (string id) => state.Accounts.Do(id, account => account.Calls.Clear()));
        routes.MapGet(Account + "/sent-messages", (string id) =>
            state.Accounts.Find(id) is { } account ? Results.Ok(account.SentMessages) : Results.NotFound());
    }

    private static IResult Do(this AccountRegistry accounts, string id, Action<SimulatedAccount> action)
    {
        if (accounts.Find(id) is not { } account)
        {
            return Results.NotFound();
        }

        action(account);
        return Results.NoContent();
    }

    private static CustomerMessage Numbered(CustomerMessage message, int number) => message with
    {
        CustomerId = message.CustomerId + (number % message.Customers),
        Text = message.Text?.Replace("{n}", (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
    };
}
