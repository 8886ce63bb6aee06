using System.Buffers.Binary;
using System.Text;

namespace DeepNotes.Tests.Persistence;

/// <summary>Builds valid and invalid safetensors files.</summary>
internal static class FileBytes
{
    public static byte[] Of(string header, int dataBytes = 0) => Of(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    public static byte[] Of(byte[] header, byte[] data) => WithLength((ulong)header.Length, [.. header, .. data]);

    public static byte[] WithLength(ulong length, params byte[] rest)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, length);
        return [.. prefix, .. rest];
    }

    /// <summary>A header with one tensor, a.</summary>
    public static string Tensor(string type, string shape, string offsets) =>
        $"{{\"a\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}";
}
