using System.Globalization;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>A staged error. Vonage documents no header with a time to wait; a fault may ask for one all the same.</summary>
internal sealed record NexmoRefusal(JsonAnswer Answer, int? RetryAfterSeconds) : IProviderAnswer
{
    public int Status => Answer.Status;

    public Task WriteAsync(HttpContext context)
    {
        if (RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Answer.WriteAsync(context);
    }
}
