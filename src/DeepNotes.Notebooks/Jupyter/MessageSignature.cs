using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// The HMAC-SHA256 of the JSON parts of a message, in hexadecimal. Each signature is accepted once, on any channel, so
/// that messages cannot be replayed. An empty key disables signatures and the protection against replay.
/// </summary>
/// <param name="key">The key of the connection file.</param>
/// <param name="historySize">The number of accepted signatures that are remembered; digest_history_size in jupyter_client.</param>
internal sealed class MessageSignature(string key, int historySize = 1 << 16)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _history = new();

    public byte[] Create(IReadOnlyList<byte[]> parts) => _key.Length == 0 ? [] : Encoding.ASCII.GetBytes(Digest(parts));

    /// <summary>Verifies the signature of a received message and records it.</summary>
    /// <exception cref="FormatException">The signature is wrong or was accepted before.</exception>
    public void Accept(IReadOnlyList<byte[]> parts, byte[] signature)
    {
        if (_key.Length == 0)
        {
            return;
        }

        var expected = Digest(parts);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), signature))
        {
            throw new FormatException("the signature is wrong.");
        }

        lock (_seen)
        {
            if (!_seen.Add(expected))
            {
                throw new FormatException("a message with this signature was received before.");
            }

            _history.Enqueue(expected);
            if (_history.Count > historySize)
            {
                _seen.Remove(_history.Dequeue());
            }
        }
    }

    private string Digest(IReadOnlyList<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
