namespace MessengerOperator.Bench.Receiver;

/// <summary>What the load generator saw.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Refused">Answers that were not 2xx.</param>
/// <param name="Failed">Requests without an answer.</param>
/// <param name="P50Ms">Median time to the answer.</param>
/// <param name="P99Ms">99 of 100 answers came within that time.</param>
internal sealed record LoadResult(long Requests, double Seconds, long Refused, long Failed, double P50Ms, double P99Ms);
