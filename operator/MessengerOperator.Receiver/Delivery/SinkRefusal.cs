namespace MessengerOperator.Receiver.Delivery;

/// <summary>Tells what a sink's refusal is about.</summary>
internal static class SinkRefusal
{
    /// <summary>
    /// Whether the answer is about the address or the credentials (3xx, 401, 403, 404, 405, 407, 410) and so, very likely, the same for every event. A sink that
    /// gives several such answers in a row is left alone like one that fails, instead of having every event put aside.
    /// </summary>
    public static bool ConcernsSink(int? statusCode) => statusCode is (>= 300 and < 400) or 401 or 403 or 404 or 405 or 407 or 410;
}
