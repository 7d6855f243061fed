using System.Text.Json;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>Answers what the caller got wrong with 400 and the reason.</summary>
internal static class ControlErrorResponses
{
    public static void UseControlErrors(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (failure is FormatException or BadHttpRequestException or JsonException or System.Security.Cryptography.CryptographicException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            var reason = failure.InnerException is JsonException json ? json.Message : failure.Message;
            await context.Response.WriteAsJsonAsync(new ControlError(reason), ControlJson.Default.ControlError, cancellationToken: context.RequestAborted);
        }
    });
}
