using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// The limit: the same web server in the same machine code, which answers 200 and looks at nothing. Also the sink that takes everything.
// usage: kestrel-raw PORT
var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port, listener => listener.Protocols = HttpProtocols.Http1);
});
var application = builder.Build();
application.Run(context =>
{
    context.Response.ContentLength = 0;
    return Task.CompletedTask;
});
await application.RunAsync();
