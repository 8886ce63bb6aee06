using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Reads tensors from a file to the current device in chunks, so that only one chunk at a time is also in host memory.</summary>
internal sealed class TensorReader(InputFile file, long dataStart)
{
    private readonly ChunkBuffer _chunks = new(Device.Current);
    private readonly byte[] _bytes = new byte[ChunkBuffer.MaxValues * sizeof(double)];

    public Tensor Read(StoredTensor stored)
    {
        var type = ElementType.Find(stored.ElementType)!;
        var tensor = Tensor.Empty(stored.Shape, _chunks.Device);
        for (var start = 0; start < tensor.Length; start += ChunkBuffer.MaxValues)
        {
            var values = _chunks.Values(Math.Min(ChunkBuffer.MaxValues, tensor.Length - start));
            var bytes = _bytes.AsSpan(0, values.Length * type.Size);
            file.Read(bytes, dataStart + stored.Start + (long)start * type.Size);
            if (type.Decode(bytes, values) is { } impossible)
            {
                throw new WeightFileException(
                    file.Path, stored.Name, $"{type.Name} values that float32 can hold", impossible);
            }

            _chunks.Upload(values, tensor, start);
        }

        return tensor;
    }
}
