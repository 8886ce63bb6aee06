using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>
    /// Rows of length 1, at right angles: W·Wᵀ = I, or WᵀW = I where there are more rows than columns, so that lengths and
    /// angles pass through deep linear networks unchanged (Saxe, McClelland and Ganguli 2014, "Exact solutions to the
    /// nonlinear dynamics of learning in deep linear neural networks"). A kernel [F, C, KH, KW] is a matrix F × C·KH·KW.
    /// </summary>
    public static float[] Orthogonal(Shape shape, Generator generator) => Orthogonal(1)(shape, generator);

    /// <summary>W·Wᵀ = g²·I; g of the activation is in <see cref="Gain"/>.</summary>
    public static Initializer Orthogonal(float gain)
    {
        Check.NotNegative(gain, nameof(Orthogonal));
        return (shape, generator) =>
        {
            if (shape.Count < 2)
            {
                throw new ShapeException($"{nameof(Orthogonal)}: expected a weight [outputs, inputs, …], got {shape}.");
            }

            return shape.Elements == 0 ? [] : OrthogonalMatrix(shape[0], shape.Elements / shape[0], gain, generator);
        };
    }

    private static float[] OrthogonalMatrix(int rows, int columns, double gain, Generator generator)
    {
        var normals = Array.ConvertAll(generator.Normals(rows * columns), value => (double)value);
        var qr = Matrix<double>.Build.Dense(Math.Max(rows, columns), Math.Min(rows, columns), normals).QR(QRMethod.Thin);

        // A factorization chooses signs as it likes; with a positive diagonal of R there is only one, and its Q favours no
        // direction (Mezzadri 2007, "How to generate random matrices from the classical compact groups").
        var signs = Matrix<double>.Build.DiagonalOfDiagonalVector(qr.R.Diagonal().Map(r => r < 0 ? -gain : gain));
        var q = qr.Q * signs;
        return Array.ConvertAll(rows < columns ? q.ToColumnMajorArray() : q.ToRowMajorArray(), value => (float)value);
    }
}
