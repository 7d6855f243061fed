using MessengerOperator.Controller;
using MessengerOperator.Controller.Telemetry;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Http;
using MessengerOperator.Reconciliation.MessengerIntegrations;

if (args is ["--version"])
{
    Console.WriteLine(OperatorVersion.Text);
    return 0;
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddOperatorConfiguration();
builder.AddOperatorLogging();
builder.AddManagementPort();
builder.AddOperatorTelemetry();
builder.Services.AddHealthChecks();

builder.Services
    .AddProviders()
    .AddProviderHttp(options => builder.Configuration.GetSection("Providers").Bind(options));
builder.Services
    .AddKubernetesOperator(options =>
    {
        // An hour of a provider's outage should wake nobody who can do nothing about it.
        options.UncertaintyGracePeriod = TimeSpan.FromHours(1);
        builder.Configuration.GetSection("Operator").Bind(options);
    })
    .AddHealthChecks()
    .AddMessengerIntegrations(options => builder.Configuration.GetSection("Integrations").Bind(options));

var app = builder.Build();
app.MapManagement();
await app.RunAsync();
return Environment.ExitCode;
