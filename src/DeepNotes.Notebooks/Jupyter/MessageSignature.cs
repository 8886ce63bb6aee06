using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// HMAC-SHA256 in hexadecimal digits over the JSON parts of a message. Each signature is accepted once, so that a recorded
/// message can't be replayed on any channel. An empty key means: no signature, and no protection against replay.
/// </summary>
/// <param name="key">The key of the connection file.</param>
/// <param name="remembered">How many accepted signatures are remembered; jupyter_client's digest_history_size.</param>
internal sealed class MessageSignature(string key, int remembered = 1 << 16)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    public byte[] Create(IReadOnlyList<byte[]> parts) => _key.Length == 0 ? [] : Encoding.ASCII.GetBytes(Digest(parts));

    /// <summary>Checks the signature of a received message and remembers it.</summary>
    /// <exception cref="FormatException">It is wrong, or that of a message that was received before.</exception>
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

            _oldestFirst.Enqueue(expected);
            if (_oldestFirst.Count > remembered)
            {
                _seen.Remove(_oldestFirst.Dequeue());
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
