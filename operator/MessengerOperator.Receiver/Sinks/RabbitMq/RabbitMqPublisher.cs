using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>A channel with publisher confirms that has one message under way at a time.</summary>
/// <remarks>
/// The broker closes a channel for a message that is too large or for an unknown exchange, and returns an unroutable one apart from its confirmation. With one message to a
/// channel it is certain which message an answer is about, and a bad one takes no other down with it.
/// </remarks>
internal sealed class RabbitMqPublisher
{
    private const ushort PreconditionFailed = 406;
    private const ushort NotFound = 404;
    private const ushort AccessRefused = 403;

    private readonly IChannel _channel;
    private TaskCompletionSource<Confirmation>? _pending;
    private bool _returned;
    private bool _abandoned;

    private RabbitMqPublisher(IChannel channel)
    {
        _channel = channel;
        channel.BasicAcksAsync += (_, _) => Answer(_returned ? Confirmation.Unroutable : Confirmation.Taken);
        channel.BasicNacksAsync += (_, _) => Answer(Confirmation.Rejected);
        channel.BasicReturnAsync += (_, _) => NoteReturn();
        channel.ChannelShutdownAsync += (_, reason) => Answer(OfShutdown(reason));
    }

    /// <summary>Whether it can take the next message.</summary>
    public bool IsUsable => !_abandoned && _channel.IsOpen;

    /// <summary>Opens one.</summary>
    public static async Task<RabbitMqPublisher> OpenAsync(IConnection connection, CancellationToken cancellationToken) =>
        new(await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellationToken));

    /// <summary>Publishes a message and waits for the broker's answer. After an exception it is no longer usable.</summary>
    public async Task<Confirmation> PublishAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var pending = new TaskCompletionSource<Confirmation>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_pending, _returned) = (pending, false);

        // An answer that comes after all must not be taken for that to the next message.
        _abandoned = true;
        if (!_channel.IsOpen)
        {
            return OfShutdown(_channel.CloseReason);
        }

        await _channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, cancellationToken);
        var answer = await pending.Task.WaitAsync(cancellationToken);
        _abandoned = false;
        return answer;
    }

    /// <summary>Closes it, and does not wait.</summary>
    public void Close() => _ = CloseAsync();

    private async Task CloseAsync()
    {
        try
        {
            await _channel.DisposeAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It is gone either way.
        }
    }

    private Task Answer(Confirmation confirmation)
    {
        _pending?.TrySetResult(confirmation);
        return Task.CompletedTask;
    }

    private Task NoteReturn()
    {
        _returned = true;
        return Task.CompletedTask;
    }

    private static Confirmation OfShutdown(ShutdownEventArgs? reason) => reason?.ReplyCode switch
    {
        PreconditionFailed => Confirmation.TooLarge,
        NotFound => Confirmation.NoExchange,
        AccessRefused => Confirmation.Forbidden,
        _ => Confirmation.Lost,
    };
}
