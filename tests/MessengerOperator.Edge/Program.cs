using System.Security.Cryptography.X509Certificates;
using MessengerOperator.Edge;

EdgeArguments arguments;
try
{
    arguments = EdgeArguments.Parse(args);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    await Console.Error.WriteLineAsync(EdgeArguments.Usage);
    return 2;
}

if (arguments.MakeCertificates is { } directory)
{
    using var made = TestCertificates.Create(arguments.Hosts);
    await made.WriteToAsync(directory);
    Console.WriteLine($"certificates written to {directory}: ca.crt, tls.crt, tls.key for {string.Join(", ", arguments.Hosts)}");
    return 0;
}

using var certificate = arguments.Certificate is null ? null : X509Certificate2.CreateFromPemFile(arguments.Certificate, arguments.Key);
await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Urls = arguments.Urls, Certificate = certificate });
using var stopping = new CancellationTokenSource();
var watching = new RouteFile(arguments.Routes!, edge.Routes, TimeProvider.System, Console.Out).WatchAsync(stopping.Token);
Console.WriteLine($"edge ready: {string.Join(", ", edge.Uris)}");
await edge.Stopped;
await stopping.CancelAsync();
await watching;
return 0;
