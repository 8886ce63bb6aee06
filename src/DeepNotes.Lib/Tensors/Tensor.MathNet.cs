using DeepNotes.Backends.Cpu;
using MathNet.Numerics.LinearAlgebra;
using Single = MathNet.Numerics.LinearAlgebra.Single;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>
    /// This tensor's memory as a MathNet matrix: writing one writes the other. Row-major [N, D] is what MathNet,
    /// column-major, calls D × N: the rows of the tensor are the columns of the matrix. What is written there goes
    /// unnoticed: unlike <see cref="Assign"/> before a backward pass, it gives a wrong gradient and no error.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tensor is not on the CPU.</exception>
    public Matrix<float> AsMatrix()
    {
        var (rows, columns) = MatrixShape("AsMatrix");
        return Buffer is CpuBuffer buffer
            ? new Single.DenseMatrix(columns, rows, buffer.Values)
            : throw new InvalidOperationException($"AsMatrix: the memory is on {Device}; use ToMatrix() for a copy.");
    }

    /// <summary>A copy of [N, D] as an N × D matrix of doubles, for derivations by hand; a vector [D] is one row.</summary>
    public Matrix<double> ToMatrix()
    {
        var (rows, columns) = MatrixShape("ToMatrix");
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, Array.ConvertAll(ToArray(), value => (double)value));
    }

    private (int Rows, int Columns) MatrixShape(string operation) => Shape.Count switch
    {
        1 => (1, Shape[0]),
        2 => (Shape[0], Shape[1]),
        _ => throw new ShapeException($"{operation}: expected [N, D] or [D], got {Shape}."),
    };
}
