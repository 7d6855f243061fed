namespace MessengerOperator.Runtime.Controllers;

/// <summary>The values of the tag <c>result</c>.</summary>
internal static class ReconcileResults
{
    public const string Success = "success";
    public const string RequeueAfter = "requeue_after";
    public const string Requeue = "requeue";
    public const string Error = "error";

    public static IReadOnlyList<string> All { get; } = [Success, RequeueAfter, Requeue, Error];
}
