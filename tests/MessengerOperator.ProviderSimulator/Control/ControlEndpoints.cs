using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>The control API's routes that concern the whole simulator; docs/simulator.md shows each with curl.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, SimulatorState state, IReadOnlyList<IProviderModule> modules)
    {
        routes.MapGet("/healthz", () => new HealthReport("ok", state.Accounts.All.Count(), [.. modules.Select(module => module.Name)]));
        routes.MapPost("/reset", async () =>
        {
            await state.ResetAsync();
            foreach (var module in modules)
            {
                await module.ResetAsync();
            }

            return Results.NoContent();
        });
        routes.MapGet("/settings", () => new SimulatorSettings { TimeScale = state.Time.Scale, MalformedTokenStatus = state.MalformedTokenStatus });
        routes.MapPut("/settings", (SimulatorSettings settings) => Apply(settings, state));
        routes.MapGet("/calls", async (string? waitFor, double? timeoutSeconds, CancellationToken cancellationToken) =>
            await WaitAsync(state, waitFor, timeoutSeconds, condition => condition.Holds(state.Calls), cancellationToken)
                ?? Results.Ok(state.Calls.Report()));
        routes.MapDelete("/calls", () =>
        {
            state.Calls.Clear();
            return Results.NoContent();
        });

        MapFaults(routes, "/faults", (_, method) => (state.Faults, Presets(modules, FaultTable.ProviderOf(method))));
        MapNames(routes, state);
        MapAccountList(routes, state, modules);
        routes.MapAccount(state, modules);
    }

    /// <summary>The three routes of a fault table; <paramref name="find"/> gives null when there is no such account.</summary>
    public static void MapFaults(
        IEndpointRouteBuilder routes,
        string pattern,
        Func<HttpContext, string, (FaultTable Table, IReadOnlyDictionary<string, Fault> Presets)?> find)
    {
        routes.MapGet(pattern, (HttpContext context) => find(context, FaultTable.AnyMethod) is var (table, _) ? Results.Ok(table.Snapshot()) : Results.NotFound());
        routes.MapPut(pattern + "/{method}", (HttpContext context, string method, Fault fault) =>
        {
            if (find(context, method) is not var (table, presets))
            {
                return Results.NotFound();
            }

            if (fault.Preset is not null)
            {
                if (!presets.TryGetValue(fault.Preset, out var prepared))
                {
                    return Results.BadRequest(new ControlError($"No preset '{fault.Preset}'; there are {string.Join(", ", presets.Keys)}."));
                }

                fault = prepared with
                {
                    Times = fault.Times,
                    DelayMilliseconds = fault.DelayMilliseconds,
                    RetryAfterSeconds = fault.RetryAfterSeconds ?? prepared.RetryAfterSeconds,
                    Status = fault.Status ?? prepared.Status,
                    Description = fault.Description ?? prepared.Description,
                    Code = fault.Code ?? prepared.Code,
                    Subcode = fault.Subcode ?? prepared.Subcode,
                    Body = fault.Body ?? prepared.Body,
                    ContentType = fault.ContentType ?? prepared.ContentType,
                    Headers = fault.Headers ?? prepared.Headers,
                };
            }

            if (fault.Times <= 0 || fault.DelayMilliseconds < 0 || fault.Status is < 200 or > 599)
            {
                return Results.BadRequest(new ControlError("times is above 0, delayMilliseconds is not below 0, status is 200 to 599."));
            }

            table.Set(method, fault);
            return Results.Ok(fault);
        });
        routes.MapDelete(pattern + "/{method?}", (HttpContext context, string? method) =>
        {
            if (find(context, FaultTable.AnyMethod) is not var (table, _))
            {
                return Results.NotFound();
            }

            table.Clear(method);
            return Results.NoContent();
        });
    }

    /// <summary>Waits as asked; null when the condition holds or none was asked for, else the answer to give.</summary>
    public static async Task<IResult?> WaitAsync(
        SimulatorState state,
        string? waitFor,
        double? timeoutSeconds,
        Func<WaitCondition, bool> holds,
        CancellationToken cancellationToken)
    {
        if (WaitCondition.Read(waitFor) is not { } condition)
        {
            return null;
        }

        return await state.Changes.WaitUntilAsync(() => holds(condition), WaitCondition.Timeout(timeoutSeconds), cancellationToken)
            ? null
            : Results.Json(new ControlError($"'{waitFor}' did not come true in time."), ControlJson.Default.ControlError, statusCode: StatusCodes.Status408RequestTimeout);
    }

    /// <summary>The provider's presets; without a provider those of all, where the first that has a name gives it.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets(IReadOnlyList<IProviderModule> modules, string? provider)
    {
        var presets = new Dictionary<string, Fault>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, fault) in modules
            .Where(module => provider is null || string.Equals(module.Name, provider, StringComparison.OrdinalIgnoreCase))
            .SelectMany(module => module.FaultPresets))
        {
            presets.TryAdd(name, fault);
        }

        return presets;
    }

    private static void MapAccountList(IEndpointRouteBuilder routes, SimulatorState state, IReadOnlyList<IProviderModule> modules)
    {
        routes.MapGet("/accounts", () => Results.Ok<IReadOnlyList<AccountSummary>>([.. state.Accounts.All.Select(account => account.Summary)]));
        routes.MapPost("/accounts", async (AccountRequest request) =>
        {
            var module = modules.FirstOrDefault(module => string.Equals(module.Name, request.Provider, StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"No provider '{request.Provider}'; there are {string.Join(", ", modules.Select(each => each.Name))}.");
            var account = module.CreateAccount(request);
            if (state.Accounts.TryAdd(account))
            {
                return Results.Created($"/accounts/{account.Id}", account.Summary);
            }

            await account.DisposeAsync();
            return Results.Conflict(new ControlError($"There is an account {account.Id} already."));
        });
    }

    private static void MapNames(IEndpointRouteBuilder routes, SimulatorState state)
    {
        routes.MapGet("/names", () => Results.Ok(state.Names.Overrides));
        routes.MapPut("/names/{host}", (string host, NameOverride entry) =>
        {
            state.Names.Set((entry with { Host = host }).Validated());
            return Results.NoContent();
        });
        routes.MapDelete("/names/{host}", (string host) => state.Names.Remove(host) ? Results.NoContent() : Results.NotFound());
        routes.MapPost("/trusted-authorities", async (HttpRequest request, CancellationToken cancellationToken) =>
        {
            using var reader = new StreamReader(request.Body);
            state.Roots.Add(await reader.ReadToEndAsync(cancellationToken));
            return Results.NoContent();
        });
    }

    private static IResult Apply(SimulatorSettings settings, SimulatorState state)
    {
        if ((settings.TimeScale is { } scale && !SimulationTime.IsValidScale(scale)) || settings.MalformedTokenStatus is not (null or 401 or 404))
        {
            return Results.BadRequest(new ControlError("timeScale is above 0, malformedTokenStatus is 401 or 404."));
        }

        state.Time.Scale = settings.TimeScale ?? state.Time.Scale;
        state.MalformedTokenStatus = settings.MalformedTokenStatus ?? state.MalformedTokenStatus;
        foreach (var account in state.Accounts.All)
        {
            account.Queue.Wake();
        }

        return Results.NoContent();
    }
}
