namespace MessengerOperator.Receiver.Spool;

/// <summary>Gives each conversation a number, the same in every process and after every restart.</summary>
internal static class ConversationLane
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a over the key's characters, not negative; null for null. Two conversations with one number only wait for each other.</summary>
    public static long? Of(string? partitionKey)
    {
        if (partitionKey is null)
        {
            return null;
        }

        var hash = Offset;
        foreach (var character in partitionKey)
        {
            hash = (hash ^ character) * Prime;
        }

        return (long)((hash ^ (hash >> 32)) & long.MaxValue);
    }
}
