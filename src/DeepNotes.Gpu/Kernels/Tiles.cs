using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>Four floats that are loaded together: one load of 16 bytes where the position allows it.</summary>
internal struct Vec4
{
    public float X, Y, Z, W;

    /// <summary>This + a·b.</summary>
    public readonly Vec4 Plus(float a, Vec4 b) => new() { X = X + a * b.X, Y = Y + a * b.Y, Z = Z + a * b.Z, W = W + a * b.W };
}

/// <summary>Loads a tile of 8 terms by 128 results into shared memory: each of 256 threads loads four values.</summary>
internal interface ITile
{
    /// <summary>This thread's four values of the tile that begins there; 0 from the end of the sum on.</summary>
    Vec4 Load(int product, int firstResult, int firstTerm, int end);

    /// <summary>Stores them as a product expects them: [term, result], with <paramref name="pitch"/> floats from term to term.</summary>
    void Store(ArrayView<float> shared, int at, int pitch, Vec4 value);
}

/// <summary>Any operand, value by value, in the order of its memory.</summary>
internal readonly struct GatheredTile<TOperand>(TOperand operand) : ITile
    where TOperand : struct, IOperand
{
    private readonly TOperand _operand = operand;

    public Vec4 Load(int product, int firstResult, int firstTerm, int end)
    {
        if (_operand.RunsAlongSum)
        {
            var result = firstResult + (Group.IdxX >> 1);
            var term = firstTerm + ((Group.IdxX & 1) << 2);
            return new Vec4
            {
                X = term < end ? _operand.At(product, result, term) : 0f,
                Y = term + 1 < end ? _operand.At(product, result, term + 1) : 0f,
                Z = term + 2 < end ? _operand.At(product, result, term + 2) : 0f,
                W = term + 3 < end ? _operand.At(product, result, term + 3) : 0f,
            };
        }

        var i = firstResult + ((Group.IdxX & 31) << 2);
        var k = firstTerm + (Group.IdxX >> 5);
        Vec4 four = default;
        if (k < end)
        {
            four.X = _operand.At(product, i, k);
            four.Y = _operand.At(product, i + 1, k);
            four.Z = _operand.At(product, i + 2, k);
            four.W = _operand.At(product, i + 3, k);
        }

        return four;
    }

    public void Store(ArrayView<float> shared, int at, int pitch, Vec4 value)
    {
        if (_operand.RunsAlongSum)
        {
            Tile.StoreAlongSum(shared, at, pitch, value);
        }
        else
        {
            Tile.StoreAlongResult(shared, at, pitch, value);
        }
    }
}

/// <summary>A matrix stored [result, term] with aligned rows: four terms of one result in one load.</summary>
internal readonly struct TileAlongSum(MatrixOperand matrix) : ITile
{
    private readonly MatrixOperand _matrix = matrix;

    public Vec4 Load(int product, int firstResult, int firstTerm, int end)
    {
        var result = firstResult + (Group.IdxX >> 1);
        var term = firstTerm + ((Group.IdxX & 1) << 2);
        return result < _matrix.Extent && term < end
            ? _matrix.Values.Cast<Vec4>()[(_matrix.Start + product * _matrix.Step + result * _matrix.Depth + term) >> 2]
            : default;
    }

    public void Store(ArrayView<float> shared, int at, int pitch, Vec4 value) => Tile.StoreAlongSum(shared, at, pitch, value);
}

/// <summary>A matrix stored [term, result] with aligned rows: four results of one term in one load.</summary>
internal readonly struct TileAlongResult(MatrixOperand matrix) : ITile
{
    private readonly MatrixOperand _matrix = matrix;

    public Vec4 Load(int product, int firstResult, int firstTerm, int end)
    {
        var result = firstResult + ((Group.IdxX & 31) << 2);
        var term = firstTerm + (Group.IdxX >> 5);
        return result < _matrix.Extent && term < end
            ? _matrix.Values.Cast<Vec4>()[(_matrix.Start + product * _matrix.Step + term * _matrix.Extent + result) >> 2]
            : default;
    }

    public void Store(ArrayView<float> shared, int at, int pitch, Vec4 value) => Tile.StoreAlongResult(shared, at, pitch, value);
}

internal static class Tile
{
    // Four terms of one result are in one column.
    public static void StoreAlongSum(ArrayView<float> shared, int at, int pitch, Vec4 value)
    {
        var position = at + ((Group.IdxX & 1) << 2) * pitch + (Group.IdxX >> 1);
        shared[position] = value.X;
        shared[position + pitch] = value.Y;
        shared[position + 2 * pitch] = value.Z;
        shared[position + 3 * pitch] = value.W;
    }

    // Four results of one term are in one row.
    public static void StoreAlongResult(ArrayView<float> shared, int at, int pitch, Vec4 value) =>
        shared.Cast<Vec4>()[(at >> 2) + (Group.IdxX >> 5) * (pitch >> 2) + (Group.IdxX & 31)] = value;
}
