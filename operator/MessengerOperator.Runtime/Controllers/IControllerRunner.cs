namespace MessengerOperator.Runtime.Controllers;

/// <summary>The workers of one controller.</summary>
internal interface IControllerRunner
{
    /// <summary>The controller's name: the kind in lower case, as in metrics.</summary>
    string Name { get; }

    /// <summary>How long the oldest pass under way has been running; zero when none is.</summary>
    TimeSpan LongestRunning { get; }

    /// <summary>Subscribes to the informers. Before they start, so that nothing is missed.</summary>
    void Prepare();

    /// <summary>Works until the queue is shut down and what was under way is done.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Hands out no more keys.</summary>
    void StopIntake();
}
