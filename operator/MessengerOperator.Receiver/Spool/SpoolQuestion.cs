namespace MessengerOperator.Receiver.Spool;

/// <summary>A task with an answer.</summary>
internal sealed class SpoolQuestion<T>(Func<SpoolFile, T> question) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), ISpoolTask
{
    public void Run(SpoolFile file) => TrySetResult(question(file));

    public void Fail() => TrySetException(new SpoolUnavailableException());
}

/// <summary>The spool's file cannot be used now.</summary>
internal sealed class SpoolUnavailableException() : Exception("The spool's file cannot be used now; /status says why.");
