using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using MessengerOperator.ProviderSimulator.Control;

namespace MessengerOperator.ProviderSimulator;

/// <summary>A running simulator: the providers' APIs on one address, the control API on another.</summary>
public sealed class SimulatorApp : IAsyncDisposable
{
    private readonly WebApplication _provider;
    private readonly WebApplication _control;
    private readonly SimulatorState _state;
    private readonly IReadOnlyList<IProviderModule> _modules;

    private SimulatorApp(WebApplication provider, WebApplication control, SimulatorState state, IReadOnlyList<IProviderModule> modules)
    {
        _provider = provider;
        _control = control;
        _state = state;
        _modules = modules;
        ProviderUri = new Uri(provider.Urls.First());
        ControlUri = new Uri(control.Urls.First());
    }

    /// <summary>The base address that stands for the provider's, such as <c>https://api.telegram.org</c>.</summary>
    public Uri ProviderUri { get; }

    /// <summary>The base address of the control API.</summary>
    public Uri ControlUri { get; }

    /// <summary>Completes when the process is told to stop.</summary>
    public Task Stopped => _provider.WaitForShutdownAsync();

    /// <summary>Starts a simulator; when it returns, both addresses answer.</summary>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<SimulatorApp> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var state = new SimulatorState(options);
        var modules = ProviderModules.Create(state);

        var provider = Build(options, options.ProviderUrl);
        provider.Run(async context =>
        {
            if (modules.FirstOrDefault(module => module.Owns(context.Request.Path)) is { } module)
            {
                await module.HandleAsync(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("No provider has this path.\n", context.RequestAborted);
        });

        var control = Build(options, options.ControlUrl);
        control.UseControlErrors();
        control.MapControl(state, modules);

        await provider.StartAsync(cancellationToken);
        await control.StartAsync(cancellationToken);
        return new SimulatorApp(provider, control, state, modules);
    }

    /// <summary>A typed client of this simulator's control API; the caller disposes of it.</summary>
    public SimulatorControl CreateControl() => new(ControlUri);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync();
        foreach (var module in _modules)
        {
            await module.ResetAsync();
        }

        await _provider.DisposeAsync();
        await _control.DisposeAsync();
    }

    private static WebApplication Build(SimulatorOptions options, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default);
            json.SerializerOptions.PropertyNameCaseInsensitive = true;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // People read these answers in a terminal; no browser does.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Logging.ClearProviders();
        if (options.ConsoleLog)
        {
            // Request logging stays off: some tokens are part of the path.
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        }

        return builder.Build();
    }
}
