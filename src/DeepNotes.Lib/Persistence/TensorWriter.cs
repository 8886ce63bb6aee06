using System.Runtime.InteropServices;

namespace DeepNotes;

/// <summary>Writes tensors as float32 in chunks, so that only one chunk at a time is copied.</summary>
internal sealed class TensorWriter(Stream file)
{
    private ChunkBuffer? _chunks;

    public void Write(Tensor tensor)
    {
        var chunks = _chunks?.Device == tensor.Device ? _chunks : _chunks = new ChunkBuffer(tensor.Device);
        for (var start = 0; start < tensor.Length; start += ChunkBuffer.MaxValues)
        {
            var values = chunks.Values(Math.Min(ChunkBuffer.MaxValues, tensor.Length - start));
            chunks.Download(tensor, start, values);
            file.Write(MemoryMarshal.AsBytes(values));
        }
    }
}
