namespace MessengerOperator.Runtime.Workqueue;

/// <summary>Which of two waiting keys goes first.</summary>
public enum WorkPriority
{
    /// <summary>Resyncs, start-up, retries: nobody is waiting in front of a screen.</summary>
    Low,

    /// <summary>Something changed.</summary>
    High,
}
