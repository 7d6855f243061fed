using System.Net;
using k8s.Autorest;
using k8s.LeaderElection;

namespace MessengerOperator.Runtime.LeaderElection;

/// <summary>
/// A lock whose calls end in time and whose network errors are ordinary failures. The elector of KubernetesClient 21.0.8 gives up leadership at the first
/// exception that is not an HTTP answer, such as a refused connection while the API server restarts; it should go on trying until its renew deadline.
/// </summary>
internal sealed class PatientLock(ILock inner, TimeSpan callTimeout, TimeProvider time, Action<Exception> onError) : ILock
{
    public string Identity => inner.Identity;

    public Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default) => CallAsync(
        inner.GetAsync,
        exception => throw new HttpOperationException("The API server could not be reached.", exception)
        {
            Response = new HttpResponseMessageWrapper(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), string.Empty),
        },
        cancellationToken);

    public Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) =>
        CallAsync(token => inner.CreateAsync(record, token), static _ => false, cancellationToken);

    public Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) =>
        CallAsync(token => inner.UpdateAsync(record, token), static _ => false, cancellationToken);

    public string Describe() => inner.Describe();

    private async Task<TResult> CallAsync<TResult>(Func<CancellationToken, Task<TResult>> call, Func<Exception, TResult> failed, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(callTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception exception) when (exception is not HttpOperationException && !cancellationToken.IsCancellationRequested)
        {
            onError(exception);
            return failed(exception);
        }
    }
}
