using System.Security.Cryptography;
using System.Text;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>HMAC-SHA256 in hexadecimal digits over the JSON parts of a message. An empty key means: no signature.</summary>
internal sealed class MessageSignature(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    public byte[] Create(IReadOnlyList<byte[]> parts)
    {
        if (_key.Length == 0)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public bool Verify(IReadOnlyList<byte[]> parts, byte[] signature) =>
        _key.Length == 0 || CryptographicOperations.FixedTimeEquals(Create(parts), signature);
}
