using System.Threading.RateLimiting;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>What all routes that deliver to one host share.</summary>
/// <param name="Invoker">The connections.</param>
/// <param name="Limiter">Bounds how many requests the host works on and how many wait.</param>
internal sealed record SinkConnection(HttpMessageInvoker Invoker, ConcurrencyLimiter Limiter);
