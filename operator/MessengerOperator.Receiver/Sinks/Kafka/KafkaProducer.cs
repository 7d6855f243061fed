using System.Runtime.InteropServices;
using System.Text;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>An idempotent producer. Messages are reported on by a thread of its own.</summary>
internal sealed class KafkaProducer
{
    private const int PollMilliseconds = 100;

    private readonly nint _handle;
    private readonly GCHandle _self;
    private readonly Thread _poller;
    private readonly Lock _lock = new();
    private volatile bool _closing;
    private volatile int _lastTrouble;

    /// <summary>Makes one; connections follow.</summary>
    /// <exception cref="InvalidOperationException">The library does not accept a setting. Names it, and no value.</exception>
    public KafkaProducer(IEnumerable<KeyValuePair<string, string>> settings, bool denyPrivateAddresses)
    {
        _self = GCHandle.Alloc(this);
        try
        {
            _handle = Create(settings, denyPrivateAddresses);
        }
        catch (InvalidOperationException)
        {
            _self.Free();
            throw;
        }

        _poller = new(Poll) { IsBackground = true, Name = "kafka" };
        _poller.Start();
    }

    /// <summary>Whether it failed for good: another one is needed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Why there is no connection, as far as known since a message was taken; 0 when there is nothing to say.</summary>
    public int LastTrouble => _lastTrouble;

    /// <summary>Produces a message; its error, 0 when every replica that is in sync has it.</summary>
    public async Task<int> ProduceAsync(string topic, string? key, IEnumerable<KeyValuePair<string, string>> headers, byte[] value, CancellationToken cancellationToken)
    {
        var report = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        int error;
        lock (_lock)
        {
            // What comes after closing must not touch the library any more.
            error = _closing ? KafkaError.Destroyed : Enqueue(topic, key, headers, value, report);
        }

        if (error != KafkaError.None)
        {
            return error;
        }

        try
        {
            return await report.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The library looks for what has waited too long once in a second only.
            return KafkaError.TimedOut;
        }
    }

    /// <summary>An address was not connected to because it is not public.</summary>
    /// <param name="opaque">What the library passes on.</param>
    public static void Denied(nint opaque) => ((KafkaProducer)GCHandle.FromIntPtr(opaque).Target!)._lastTrouble = KafkaError.PrivateAddress;

    /// <summary>Closes it and does not wait; what is under way fails.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closing = true;
        }
    }

    private unsafe nint Create(IEnumerable<KeyValuePair<string, string>> settings, bool denyPrivateAddresses)
    {
        var configuration = Librdkafka.ConfNew();
        foreach (var (name, value) in settings)
        {
            if (Librdkafka.ConfSet(configuration, name, value, 0, 0) != 0)
            {
                Librdkafka.ConfDestroy(configuration);
                throw new InvalidOperationException($"Kafka's client does not accept the setting {name}.");
            }
        }

        Librdkafka.ConfSetOpaque(configuration, GCHandle.ToIntPtr(_self));
        Librdkafka.ConfSetDeliveryReport(configuration, &Reported);
        Librdkafka.ConfSetError(configuration, &Troubled);
        Librdkafka.ConfSetLog(configuration, &Logged);
        if (denyPrivateAddresses)
        {
            Librdkafka.ConfSetConnect(configuration, &PublicSocket.Connect);
        }

        var handle = Librdkafka.New(Librdkafka.ProducerType, configuration, 0, 0);
        if (handle == 0)
        {
            Librdkafka.ConfDestroy(configuration);
            throw new InvalidOperationException("Kafka's client does not accept its settings together.");
        }

        return handle;
    }

    private unsafe int Enqueue(string topic, string? key, IEnumerable<KeyValuePair<string, string>> headers, byte[] value, TaskCompletionSource<int> report)
    {
        var native = Librdkafka.HeadersNew(16);
        foreach (var (name, text) in headers)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            fixed (byte* pointer = bytes)
            {
                Librdkafka.HeaderAdd(native, name, -1, pointer, bytes.Length);
            }
        }

        var token = GCHandle.Alloc(report);
        var topicName = Encoding.UTF8.GetBytes(topic + '\0');
        var keyBytes = key is null ? [] : Encoding.UTF8.GetBytes(key);
        fixed (byte* topicPointer = topicName, keyPointer = keyBytes, valuePointer = value)
        {
            var parts = stackalloc ProduceArgument[6];
            parts[0] = ProduceArgument.Text(ProduceArgument.Topic, (nint)topicPointer);
            parts[1] = ProduceArgument.Memory(ProduceArgument.Value, (nint)valuePointer, value.Length);
            parts[2] = ProduceArgument.Text(ProduceArgument.Opaque, GCHandle.ToIntPtr(token));
            parts[3] = ProduceArgument.Flags(ProduceArgument.CopyValue);
            parts[4] = ProduceArgument.Text(ProduceArgument.Headers, native);
            parts[5] = ProduceArgument.Memory(ProduceArgument.Key, (nint)keyPointer, keyBytes.Length);
            var error = Librdkafka.ProduceArguments(_handle, parts, key is null ? 5 : 6);
            if (error == 0)
            {
                return KafkaError.None;
            }

            var code = Librdkafka.ErrorCode(error);
            Librdkafka.ErrorDestroy(error);
            Librdkafka.HeadersDestroy(native);
            token.Free();
            return code;
        }
    }

    private void Poll()
    {
        while (!_closing)
        {
            _ = Librdkafka.Poll(_handle, PollMilliseconds);
        }

        // Every message is reported on once, so that nobody waits for ever and no handle is left.
        _ = Librdkafka.Purge(_handle, Librdkafka.PurgeAll);
        _ = Librdkafka.Flush(_handle, 1000);
        Librdkafka.Destroy(_handle);
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static unsafe void Reported(nint handle, DeliveryReport* report, nint opaque)
    {
        var token = GCHandle.FromIntPtr(report->Opaque);
        var waiting = (TaskCompletionSource<int>)token.Target!;
        token.Free();
        var producer = (KafkaProducer)GCHandle.FromIntPtr(opaque).Target!;
        if (report->Error == KafkaError.None)
        {
            producer._lastTrouble = KafkaError.None;
        }

        producer.HasFailed |= report->Error == KafkaError.Fatal;
        waiting.TrySetResult(report->Error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Troubled(nint handle, int error, nint reason, nint opaque)
    {
        var producer = (KafkaProducer)GCHandle.FromIntPtr(opaque).Target!;
        if (KafkaError.IsTrouble(error) && (KafkaError.ExplainsTrouble(error) || !KafkaError.ExplainsTrouble(producer._lastTrouble)))
        {
            producer._lastTrouble = error;
        }

        producer.HasFailed |= error == KafkaError.Fatal;
    }

    // Its lines name addresses and users, and would go to standard error.
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Logged(nint handle, int level, nint facility, nint text)
    {
    }
}
