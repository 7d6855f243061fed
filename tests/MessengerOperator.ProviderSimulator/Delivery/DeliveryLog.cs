namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>The deliveries of one account in the order in which they were made.</summary>
internal sealed class DeliveryLog(ChangeSignal changes)
{
    private readonly Lock _gate = new();
    private readonly List<DeliveryRecord> _records = [];

    /// <summary>Adds a delivery and returns its place, by which it is changed.</summary>
    public int Add(DeliveryRecord record)
    {
        int place;
        lock (_gate)
        {
            place = _records.Count;
            _records.Add(record);
        }

        changes.Pulse();
        return place;
    }

    public void AddAttempt(int place, DeliveryAttempt attempt) =>
        Change(place, record => record with { Attempts = [.. record.Attempts, attempt] });

    public void SetState(int place, DeliveryState state) => Change(place, record => record with { State = state });

    public DeliveryRecord[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _records];
        }
    }

    /// <summary>The queued delivery with this id, not a forged one; null when there is none.</summary>
    public (int Place, DeliveryRecord Record)? Find(string id)
    {
        lock (_gate)
        {
            var place = _records.FindIndex(record => record.Id == id && record.State != DeliveryState.Forged);
            return place < 0 ? null : (place, _records[place]);
        }
    }

    private void Change(int place, Func<DeliveryRecord, DeliveryRecord> change)
    {
        lock (_gate)
        {
            _records[place] = change(_records[place]);
        }

        changes.Pulse();
    }
}
