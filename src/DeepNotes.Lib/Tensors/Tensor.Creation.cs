using DeepNotes.Backends;
using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

public sealed partial class Tensor
{
    /// <summary>A tensor of these values, row-major.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape, Device? device = null)
    {
        if (values.Length != shape.Elements)
        {
            throw new ShapeException($"Tensor.From: shape {shape} needs {shape.Elements} values, got {values.Length}.");
        }

        var tensor = Empty(shape, device ?? Device.Current);
        tensor.Backend.Upload(values, tensor.Buffer);
        return tensor;
    }

    /// <inheritdoc cref="From(ReadOnlySpan{float}, Shape, Device?)"/>
    public static Tensor From(float[] values, Shape shape) => From(values.AsSpan(), shape);

    /// <summary>A vector [N].</summary>
    public static Tensor From(params float[] values) => From(values.AsSpan(), [values.Length]);

    /// <summary>A matrix [N, D] from a literal of rows.</summary>
    public static Tensor From(float[,] values) => From(values.Cast<float>().ToArray(), [values.GetLength(0), values.GetLength(1)]);

    /// <summary>A matrix [N, D] from a MathNet matrix of N rows and D columns, rounded to float32.</summary>
    public static Tensor From(Matrix<double> matrix) =>
        From(Array.ConvertAll(matrix.ToRowMajorArray(), value => (float)value), [matrix.RowCount, matrix.ColumnCount]);

    /// <inheritdoc cref="From(Matrix{double})"/>
    public static Tensor From(Matrix<float> matrix) => From(matrix.ToRowMajorArray(), [matrix.RowCount, matrix.ColumnCount]);

    /// <summary>A tensor of no axes.</summary>
    public static Tensor Scalar(float value) => From([value], []);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(Shape shape) => Full(shape, 0);

    /// <summary>All ones.</summary>
    public static Tensor Ones(Shape shape) => Full(shape, 1);

    /// <summary>One value everywhere.</summary>
    public static Tensor Full(Shape shape, float value) => Full(shape, value, Device.Current);

    internal static Tensor Full(Shape shape, float value, Device device)
    {
        var tensor = Empty(shape, device);
        tensor.Backend.Fill(tensor.Buffer, value);
        return tensor;
    }

    /// <summary>N values from <paramref name="start"/> to <paramref name="end"/>, both included, computed in double.</summary>
    public static Tensor Linspace(double start, double end, int count)
    {
        Check.AtLeast(1, count, "Tensor.Linspace");
        var step = count == 1 ? 0 : (end - start) / (count - 1);
        return From([.. Enumerable.Range(0, count).Select(i => (float)(start + i * step))]);
    }

    /// <summary>Independent normal values; the same seed gives the same tensor everywhere.</summary>
    public static Tensor Normal(Shape shape, float mean = 0, float deviation = 1, ulong seed = 0) =>
        From(new Generator(seed).Normals(shape.Elements, mean, deviation), shape);

    /// <summary>Independent values, uniform in [low, high); the same seed gives the same tensor everywhere.</summary>
    public static Tensor Uniform(Shape shape, float low = 0, float high = 1, ulong seed = 0) =>
        From(new Generator(seed).Uniforms(shape.Elements, low, high), shape);

    /// <summary>Labels as rows [N, C] with a 1 at the label and 0 elsewhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A label outside 0 … C-1.</exception>
    public static Tensor OneHot(int[] labels, int classes)
    {
        Labels.Check("OneHot", labels, labels.Length, classes);
        var values = new float[labels.Length * classes];
        for (var i = 0; i < labels.Length; i++)
        {
            values[i * classes + labels[i]] = 1;
        }

        return From(values, [labels.Length, classes]);
    }
}
