using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.Lifecycle;

/// <summary>Ties the process's signals to <see cref="ShutdownSequence"/>.</summary>
internal sealed class SignalLifetime(ShutdownSequence shutdown) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Begin));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Begin));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Begin(PosixSignalContext signal)
    {
        signal.Cancel = true;
        shutdown.Begin();
    }
}
