namespace MessengerOperator.Receiver.Spool;

/// <summary>A file of zeros that keeps room on the disk. On a full disk nothing can be deleted from a database either, since that is written down first; giving this up makes the room for it.</summary>
internal sealed class SpoolReserve(SpoolFolder folder, long bytes)
{
    private const string FileName = "reserve";

    private bool _isKept;

    /// <summary>Sets the room aside if it is not; false when there is none.</summary>
    public bool Keep()
    {
        if (_isKept)
        {
            return true;
        }

        try
        {
            using var file = File.OpenHandle(folder.PathOf(FileName), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, preallocationSize: bytes);
            _isKept = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could be had of it goes back.
            GiveUp();
        }

        return _isKept;
    }

    /// <summary>Makes the room free.</summary>
    public void GiveUp()
    {
        _isKept = false;
        try
        {
            File.Delete(folder.PathOf(FileName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then it was not ours to give.
        }
    }
}
