using System.Runtime.InteropServices;

namespace DeepNotes;

/// <summary>Writes values as float32 in pieces, so that only one piece is in memory twice.</summary>
internal sealed class TensorWriter(Stream file)
{
    private PieceBuffer? _pieces;

    public void Write(Tensor tensor)
    {
        var pieces = _pieces?.Device == tensor.Device ? _pieces : _pieces = new PieceBuffer(tensor.Device);
        for (var start = 0; start < tensor.Length; start += PieceBuffer.MostValues)
        {
            var values = pieces.Values(Math.Min(PieceBuffer.MostValues, tensor.Length - start));
            pieces.Download(tensor, start, values);
            file.Write(MemoryMarshal.AsBytes(values));
        }
    }
}
