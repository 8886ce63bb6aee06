using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DeepNotes;

/// <summary>SHA-256 over named tensors, in ordinal order of their names, and a text.</summary>
internal static class Checksum
{
    public static string Of(IReadOnlyDictionary<string, Tensor> tensors, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.Shape}\n"));
            hash.AppendData(MemoryMarshal.AsBytes(tensor.ToArray().AsSpan()));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
