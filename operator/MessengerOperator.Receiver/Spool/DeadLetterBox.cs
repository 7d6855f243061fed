namespace MessengerOperator.Receiver.Spool;

/// <summary>The dead letters, for people: to look at, to deliver after all, to throw away.</summary>
internal sealed class DeadLetterBox(EventSpool spool, TimeProvider time)
{
    private const int AtOnce = 256;
    private const long BytesAtOnce = 1024 * 1024;

    /// <summary>Dead letters after a number, in the order in which they were put aside; without the events' data.</summary>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now.</exception>
    public Task<List<DeadLetter>> ListAsync(long after, int most) =>
        spool.AskAsync(file => file.DeadLetters.List(after, most, file.Source));

    /// <summary>A source's next dead letter that is not kept; null when there is none.</summary>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now.</exception>
    public Task<DeadLetter?> NextAsync(string source) =>
        spool.AskAsync(file => file.Sources.FirstOrDefault(known => known.Name == source) is { } found ? file.DeadLetters.Next(found) : null);

    /// <summary>Puts dead letters back among the events: one, or null for all that there are now. Repeats of theirs are still recognised.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now; some may have been put back.</exception>
    public Task<int> RedriveAsync(long? number) => ForEachAsync(number, (file, key) => file.Redrive(key.Number, file.Source(key.Source), Now), redriven: true);

    /// <summary>Removes dead letters for good: one, or null for all that there are now.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now; some may have been removed.</exception>
    public Task<int> DiscardAsync(long? number) => ForEachAsync(number, static (file, key) => file.Discard(key.Number, file.Source(key.Source)), redriven: false);

    /// <summary>Removes a dead letter: the dead letters' own sink has it. False when the file that it is in was set aside meanwhile: in another one its number is another's.</summary>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now.</exception>
    public Task<bool> DiscardAsync(DeadLetter letter) => InItsFileAsync(letter, file =>
    {
        file.Begin();
        file.Discard(letter.Number, file.Source(letter.Stored.Source.Number));
        file.Commit(Now);
    });

    /// <summary>Leaves a dead letter where it is: the dead letters' own sink refuses it. False when the file that it is in was set aside meanwhile.</summary>
    /// <exception cref="SpoolUnavailableException">The file cannot be used now.</exception>
    public Task<bool> KeepAsync(DeadLetter letter) => InItsFileAsync(letter, file => file.DeadLetters.Keep(letter.Number));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<bool> InItsFileAsync(DeadLetter letter, Action<SpoolFile> action) => spool.AskAsync(file =>
    {
        var isItsFile = file.Generation == letter.Stored.Source.Generation;
        if (isItsFile)
        {
            action(file);
        }

        return isItsFile;
    });

    /// <summary>A few at a time, so that requests get their turn in between.</summary>
    private async Task<int> ForEachAsync(long? number, Action<SpoolFile, (long Number, int Source)> action, bool redriven)
    {
        var (after, upTo) = number is { } one ? (one - 1, one) : (0, await spool.AskAsync(file => file.DeadLetters.Last()));
        var count = 0;
        while (after < upTo)
        {
            var from = after;
            var keys = await spool.AskAsync(file => Do(file, file.DeadLetters.Keys(from, upTo, long.MaxValue, AtOnce, redriven ? BytesAtOnce : long.MaxValue), action, redriven));
            if (keys.Count == 0)
            {
                break;
            }

            count += keys.Count;
            after = keys[^1].Number;
        }

        return count;
    }

    private List<(long Number, int Source)> Do(SpoolFile file, List<(long Number, int Source)> keys, Action<SpoolFile, (long Number, int Source)> action, bool redriven)
    {
        file.Begin();
        keys.ForEach(key => action(file, key));
        file.Commit(Now);
        if (redriven)
        {
            spool.TellRedriven(keys.Select(key => file.Source(key.Source)).Distinct());
        }

        return keys;
    }
}
