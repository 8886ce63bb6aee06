using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>Brings values from a file to the current device in pieces, so that only one piece is in memory twice.</summary>
internal sealed class TensorReader(InputFile file, long dataStart)
{
    private readonly PieceBuffer _pieces = new(Device.Current);
    private readonly byte[] _bytes = new byte[PieceBuffer.MostValues * sizeof(double)];

    public Tensor Read(StoredTensor stored)
    {
        var type = ElementType.Find(stored.ElementType)!;
        var tensor = Tensor.Empty(stored.Shape, _pieces.Device);
        for (var start = 0; start < tensor.Length; start += PieceBuffer.MostValues)
        {
            var values = _pieces.Values(Math.Min(PieceBuffer.MostValues, tensor.Length - start));
            var bytes = _bytes.AsSpan(0, values.Length * type.Size);
            file.Read(bytes, dataStart + stored.Start + (long)start * type.Size);
            if (type.Decode(bytes, values) is { } impossible)
            {
                throw new WeightFileException(
                    file.Path, stored.Name, $"{type.Name} values that float32 can hold", impossible);
            }

            _pieces.Upload(values, tensor, start);
        }

        return tensor;
    }
}
