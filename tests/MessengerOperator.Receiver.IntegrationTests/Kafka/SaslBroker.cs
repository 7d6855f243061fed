using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>
/// As much of a Kafka broker as the beginning of a connection takes: versions, the choice of a mechanism, and PLAIN or SCRAM, checked as a broker does (RFC 4616, RFC 5802). It answers nothing
/// that comes after, so nothing can be delivered to it.
/// </summary>
internal sealed class SaslBroker : IAsyncDisposable
{
    private const short Metadata = 3;
    private const short SaslHandshake = 17;
    private const short ApiVersions = 18;
    private const short SaslAuthenticate = 36;
    private const short UnsupportedVersion = 35;
    private const short UnsupportedMechanism = 33;
    private const short AuthenticationFailed = 58;
    private const int Iterations = 4096;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _clients = [];
    private readonly string _mechanism;
    private readonly string _user;
    private readonly string _password;
    private readonly Task _accepting;
    private int _authenticated;

    public SaslBroker(string mechanism, string user, string password)
    {
        (_mechanism, _user, _password) = (mechanism, user, password);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections whose user and password were right and that went on.</summary>
    public int Authenticated => Volatile.Read(ref _authenticated);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_clients);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var session = new Session(this);
                while (await ReadAsync(client.GetStream()) is { } request)
                {
                    if (session.Answer(request) is not { } answer)
                    {
                        Interlocked.Increment(ref _authenticated);
                        return;
                    }

                    await client.GetStream().WriteAsync(Frame([.. request.AsSpan(4, 4), .. answer]), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task<byte[]?> ReadAsync(NetworkStream stream)
    {
        var length = new byte[4];
        if (await stream.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, _stop.Token) < 4)
        {
            return null;
        }

        var request = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(request, _stop.Token);
        return request;
    }

    private static byte[] Frame(byte[] content) => [.. Int32(content.Length), .. content];

    private static byte[] Int16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Int32(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Text(string text) => [.. Int16(text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Verdict(short error, byte[] proof) => [.. Int16(error), .. Int16(-1), .. Int32(proof.Length), .. proof];

    /// <summary>One connection.</summary>
    private sealed class Session(SaslBroker broker)
    {
        private readonly string _nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
        private string? _clientFirst;
        private string? _serverFirst;
        private bool _isAuthenticated;

        /// <summary>What to answer; null when the client has passed and wants to work.</summary>
        public byte[]? Answer(byte[] request)
        {
            var (api, version) = (BinaryPrimitives.ReadInt16BigEndian(request), BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2)));
            var body = request.AsSpan(10 + Math.Max(0, (int)BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8))));
            switch (api)
            {
                case ApiVersions:
                    return Versions(version == 0 ? (short)0 : UnsupportedVersion);
                case SaslHandshake:
                    var wanted = Encoding.UTF8.GetString(body[2..]);
                    return [.. Int16(wanted == broker._mechanism ? 0 : UnsupportedMechanism), .. Int32(1), .. Text(broker._mechanism)];
                case SaslAuthenticate:
                    return Authenticate(Encoding.UTF8.GetString(body[4..]));
                default:
                    Assert.True(_isAuthenticated, $"request {api} before the password");
                    return null;
            }
        }

        private static byte[] Versions(short error)
        {
            (short Api, short Most)[] apis = [(ApiVersions, 0), (SaslHandshake, 1), (SaslAuthenticate, 0), (Metadata, 2)];
            return [.. Int16(error), .. Int32(apis.Length), .. apis.SelectMany(api => Int16(api.Api).Concat(Int16(0)).Concat(Int16(api.Most)))];
        }

        private byte[] Authenticate(string message)
        {
            if (broker._mechanism == "PLAIN")
            {
                _isAuthenticated = message == $"\0{broker._user}\0{broker._password}";
                return Verdict(_isAuthenticated ? (short)0 : AuthenticationFailed, []);
            }

            if (_clientFirst is null)
            {
                // n,,n=USER,r=NONCE
                _clientFirst = message[3..];
                _serverFirst = $"r={Field(_clientFirst, 'r')}{_nonce},s={Convert.ToBase64String(_salt)},i={Iterations}";
                return Verdict(0, Encoding.UTF8.GetBytes(_serverFirst));
            }

            var hash = broker._mechanism == "SCRAM-SHA-256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
            var proofAt = message.LastIndexOf(",p=", StringComparison.Ordinal);
            var signed = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{message[..proofAt]}");
            var salted = Rfc2898DeriveBytes.Pbkdf2(broker._password, _salt, Iterations, hash, hash == HashAlgorithmName.SHA256 ? 32 : 64);
            var clientKey = CryptographicOperations.HmacData(hash, salted, "Client Key"u8.ToArray());
            var signature = CryptographicOperations.HmacData(hash, CryptographicOperations.HashData(hash, clientKey), signed);
            var expected = clientKey.Zip(signature, (key, sign) => (byte)(key ^ sign));
            _isAuthenticated = Field(_clientFirst, 'n') == broker._user && expected.SequenceEqual(Convert.FromBase64String(message[(proofAt + 3)..]));
            var proof = CryptographicOperations.HmacData(hash, CryptographicOperations.HmacData(hash, salted, "Server Key"u8.ToArray()), signed);
            return _isAuthenticated ? Verdict(0, Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(proof)}")) : Verdict(AuthenticationFailed, []);
        }

        private static string Field(string message, char name) => message.Split(',').Single(field => field.StartsWith($"{name}=", StringComparison.Ordinal))[2..];
    }
}
