using System.Text;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Reads small mounted files (ConfigMap and Secret keys).</summary>
internal static class MountedFile
{
    // A Kubernetes Secret is at most 1 MiB; so is what we read of anything.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The content; null when the file is not there, cannot be read or is larger than 1 MiB.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > MaxBytes)
            {
                return null;
            }

            var content = new byte[length];
            var read = 0;
            while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var count)
            {
                read += count;
            }

            return read == content.Length ? content : content[..read];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A value in a file: UTF-8 without the one line break that editors put at the end.</summary>
    public static string Value(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
