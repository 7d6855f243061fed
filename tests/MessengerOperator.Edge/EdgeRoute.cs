namespace MessengerOperator.Edge;

/// <summary>Where requests for a path go.</summary>
/// <param name="Path">Begins with a slash. It matches itself and everything below it; the longest match wins.</param>
/// <param name="Upstream">Scheme, host and port of the upstream; the request's path is kept.</param>
public sealed record EdgeRoute(string Path, string Upstream);
