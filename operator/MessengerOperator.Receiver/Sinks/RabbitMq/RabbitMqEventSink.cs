using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>
/// Publishes CloudEvents to RabbitMQ: persistent, mandatory, confirmed. Attributes are headers, named as CloudEvents' AMQP binding names application properties (<c>cloudEvents_</c>
/// and the attribute's name), which is what RabbitMQ makes of them for AMQP 1.0 consumers.
/// </summary>
internal sealed class RabbitMqEventSink : IEventSink
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    private readonly ReceiverRabbitMqSink _rabbit;
    private readonly RabbitMqConnection _connection;
    private readonly Func<CloudEvent, CancellationToken, Task<SinkResult>> _send;
    private readonly Lock _lock = new();
    private Task _declaring = Task.CompletedTask;

    public RabbitMqEventSink(ReceiverRabbitMqSink rabbit, RabbitMqConnection connection)
    {
        (_rabbit, _connection, _send) = (rabbit, connection, SendAsync);
        Destination = $"amqp://{string.Join(',', rabbit.Endpoints)}/{rabbit.VirtualHost}/{rabbit.Exchange}/{rabbit.RoutingKey ?? rabbit.Queue}";
    }

    public string Destination { get; }

    public Task<SinkResult> DeliverAsync(CloudEvent cloudEvent) => _connection.Gate.DeliverAsync(cloudEvent, _send);

    private async Task<SinkResult> SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await PublishAsync(cloudEvent, cancellationToken);
            if (answer == Confirmation.Unroutable && _rabbit is { Queue: { } queue, DeclareQueue: true })
            {
                await DeclareOnceAsync(queue).WaitAsync(cancellationToken);
                answer = await PublishAsync(cloudEvent, cancellationToken);
            }

            return Result(answer);
        }
        catch (Exception exception) when (OfFailure(exception) is { } result)
        {
            return result;
        }
    }

    private async Task<Confirmation> PublishAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        var publisher = await _connection.RentAsync(cancellationToken);
        try
        {
            return await publisher.PublishAsync(
                _rabbit.Exchange ?? string.Empty, _rabbit.RoutingKey ?? _rabbit.Queue ?? string.Empty, Properties(cloudEvent), cloudEvent.Data, cancellationToken);
        }
        finally
        {
            _connection.Return(publisher);
        }
    }

    // A queue whose replicas still elect their leader rejects what comes, so it is not declared once more by everybody who finds it missing.
    private Task DeclareOnceAsync(string queue)
    {
        lock (_lock)
        {
            return _declaring.IsCompleted ? _declaring = DeclareAsync(queue) : _declaring;
        }
    }

    private async Task DeclareAsync(string queue)
    {
        await Task.Yield();
        await using var channel = await _connection.OpenChannelAsync(CancellationToken.None);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum);
    }

    private static BasicProperties Properties(CloudEvent cloudEvent) => new()
    {
        Persistent = true,
        ContentType = CloudEvent.DataContentType,
        MessageId = cloudEvent.Id.Length <= byte.MaxValue && System.Text.Encoding.UTF8.GetByteCount(cloudEvent.Id) <= byte.MaxValue ? cloudEvent.Id : null,
        Headers = cloudEvent.Attributes().ToDictionary(attribute => $"cloudEvents_{attribute.Key}", attribute => (object?)attribute.Value),
    };

    private static SinkResult Result(Confirmation answer) => answer switch
    {
        Confirmation.Taken => new(SinkOutcome.Taken),
        Confirmation.TooLarge => new(SinkOutcome.Refused, Problem: SinkProblem.TooLarge),
        Confirmation.Unroutable => new(SinkOutcome.Unavailable, Problem: "no queue takes the event; the queue or the exchange's binding is not there"),
        Confirmation.Rejected => new(SinkOutcome.Unavailable, Problem: "the queue rejects the event; it is full or without a majority of its replicas"),
        Confirmation.NoExchange => new(SinkOutcome.Unavailable, Problem: "there is no such exchange"),
        Confirmation.Forbidden => new(SinkOutcome.Unavailable, Problem: SinkProblem.Permission),
        _ => new(SinkOutcome.Unreachable),
    };

    private static SinkResult? OfFailure(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationFailureException or PossibleAuthenticationFailureException:
                    return new(SinkOutcome.Unavailable, Problem: SinkProblem.Credentials);
                case OperationInterruptedException { ShutdownReason.ReplyCode: 403 }:
                    return new(SinkOutcome.Unavailable, Problem: SinkProblem.Permission);
                case OperationInterruptedException { ShutdownReason.ReplyCode: 530 }:
                    return new(SinkOutcome.Unavailable, Problem: "there is no such virtual host, or the user may not enter it");
                case OperationInterruptedException { ShutdownReason.ReplyCode: 406 }:
                    return new(SinkOutcome.Unavailable, Problem: "the queue exists with other properties than those that it would be declared with");
            }
        }

        return null;
    }
}
