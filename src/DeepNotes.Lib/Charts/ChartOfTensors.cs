using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>The values of a tensor [N] as a line over the positions 0, 1, 2, …</summary>
    /// <inheritdoc cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string?, bool)"/>
    /// <exception cref="ShapeException">The tensor is not [N].</exception>
    public static Chart Line(Tensor y, string? name = null, bool markers = false) =>
        Line(Values("Chart.Line", y), name, markers);

    /// <summary>Points from two tensors [N], joined by a line.</summary>
    /// <inheritdoc cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string?, bool)"/>
    /// <exception cref="ShapeException">A tensor is not [N].</exception>
    public static Chart Line(Tensor x, Tensor y, string? name = null, bool markers = false) =>
        Line(Values("Chart.Line", x), Values("Chart.Line", y), name, markers);

    /// <summary>Points from two tensors [N] as markers.</summary>
    /// <param name="x">Horizontal coordinates [N].</param>
    /// <param name="y">Vertical coordinates [N].</param>
    /// <param name="name">The name in the legend.</param>
    /// <exception cref="ShapeException">A tensor is not [N].</exception>
    public static Chart Scatter(Tensor x, Tensor y, string? name = null) =>
        Scatter(Values("Chart.Scatter", x), Values("Chart.Scatter", y), name);

    /// <summary>The histogram of the values of a tensor of any shape.</summary>
    /// <inheritdoc cref="Histogram{T}(IEnumerable{T}, string?, int, ValueTuple{double, double}?, bool)"/>
    public static Chart Histogram(
        Tensor x, string? name = null, int bins = 0, (double Min, double Max)? range = null, bool density = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Histogram(x.ToArray(), name, bins, range, density);
    }

    /// <summary>A tensor [rows, columns] as coloured cells, its first row on top; a tensor [N] is one row.</summary>
    /// <inheritdoc cref="Heatmap{T}(T[,], IEnumerable{string}, IEnumerable{string}, bool, string, ColorScale, ValueTuple{double, double}?)"/>
    /// <exception cref="ShapeException">The tensor has more than two axes.</exception>
    public static Chart Heatmap(
        Tensor z, IEnumerable<string>? xLabels = null, IEnumerable<string>? yLabels = null, bool annotate = false,
        string? format = null, ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
    {
        ArgumentNullException.ThrowIfNull(z);
        return Heatmap(z.ToMatrix(), xLabels, yLabels, annotate, format, scale, range);
    }

    /// <summary>A MathNet matrix as coloured cells, its first row on top.</summary>
    /// <inheritdoc cref="Heatmap{T}(T[,], IEnumerable{string}, IEnumerable{string}, bool, string, ColorScale, ValueTuple{double, double}?)"/>
    public static Chart Heatmap(
        Matrix<double> z, IEnumerable<string>? xLabels = null, IEnumerable<string>? yLabels = null, bool annotate = false,
        string? format = null, ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
    {
        ArgumentNullException.ThrowIfNull(z);
        return Heatmap(z.ToArray(), xLabels, yLabels, annotate, format, scale, range);
    }

    /// <summary>The contour plot of a tensor [y.Length, x.Length].</summary>
    /// <inheritdoc cref="Contour{T, TX, TY}(T[,], IEnumerable{TX}, IEnumerable{TY}, bool, int, ColorScale, ValueTuple{double, double}?)"/>
    /// <exception cref="ShapeException">The tensor has more than two axes.</exception>
    public static Chart Contour<TX, TY>(
        Tensor z, IEnumerable<TX> x, IEnumerable<TY> y, bool filled = true, int levels = 12,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(z);
        return Contour(z.ToMatrix(), x, y, filled, levels, scale, range);
    }

    /// <summary>The contour plot of a MathNet matrix, y.Length × x.Length.</summary>
    /// <inheritdoc cref="Contour{T, TX, TY}(T[,], IEnumerable{TX}, IEnumerable{TY}, bool, int, ColorScale, ValueTuple{double, double}?)"/>
    public static Chart Contour<TX, TY>(
        Matrix<double> z, IEnumerable<TX> x, IEnumerable<TY> y, bool filled = true, int levels = 12,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(z);
        return Contour(z.ToArray(), x, y, filled, levels, scale, range);
    }

    /// <summary>The surface plot of a tensor [y.Length, x.Length].</summary>
    /// <inheritdoc cref="Surface{T, TX, TY}(T[,], IEnumerable{TX}, IEnumerable{TY}, ColorScale, ValueTuple{double, double}?)"/>
    /// <exception cref="ShapeException">The tensor has more than two axes.</exception>
    public static Chart Surface<TX, TY>(
        Tensor z, IEnumerable<TX> x, IEnumerable<TY> y,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(z);
        return Surface(z.ToMatrix(), x, y, scale, range);
    }

    /// <summary>The surface plot of a MathNet matrix, y.Length × x.Length.</summary>
    /// <inheritdoc cref="Surface{T, TX, TY}(T[,], IEnumerable{TX}, IEnumerable{TY}, ColorScale, ValueTuple{double, double}?)"/>
    public static Chart Surface<TX, TY>(
        Matrix<double> z, IEnumerable<TX> x, IEnumerable<TY> y,
        ColorScale scale = ColorScale.Sequential, (double Min, double Max)? range = null)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        ArgumentNullException.ThrowIfNull(z);
        return Surface(z.ToArray(), x, y, scale, range);
    }

    private static float[] Values(string operation, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape.Count == 1
            ? tensor.ToArray()
            : throw new ShapeException($"{operation}: expected a tensor [N], got {tensor.Shape}. Take a row of it, or Reshape it.");
    }
}
