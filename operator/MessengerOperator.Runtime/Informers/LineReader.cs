namespace MessengerOperator.Runtime.Informers;

/// <summary>Splits a stream into lines without copying each byte twice. A last line without its end is not given out.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int InitialSize = 16 * 1024;
    private const int MaximumSize = 64 * 1024 * 1024;
    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>The next line without its line feed, valid until the next call; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A line is longer than 64 MiB.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, _scanned + found - _start);
                _start = _scanned = _scanned + found + 1;
                return line;
            }

            _scanned = _end;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length == 0 && _buffer.Length > InitialSize)
        {
            // One huge object must not be paid for during the whole life of the watch.
            _buffer = new byte[InitialSize];
        }
        else if (length > _buffer.Length / 2)
        {
            if (_buffer.Length >= MaximumSize)
            {
                throw new InvalidDataException("The API server sent a line of more than 64 MiB.");
            }

            var larger = new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, length).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
        }

        _start = 0;
        _scanned = _end = length;
    }
}
