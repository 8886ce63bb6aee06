using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// The Jacobian J[i, j] = ∂y_i / ∂x_j of y = f(x), as a matrix [M, N] over the elements of y and of x, by reverse mode or by
/// finite differences.
/// </summary>
public static class Jacobian
{
    /// <summary>By reverse mode: row i is Jᵀe_i, one backward pass from the unit vector e_i. Costs M passes.</summary>
    /// <param name="f">The function. Gradients of other tensors in it are not touched.</param>
    /// <param name="x">The point, of any shape.</param>
    /// <exception cref="ShapeException">x or f(x) has no element, or M·N exceeds the maximum length of an array.</exception>
    public static Tensor Of(Func<Tensor, Tensor> f, Tensor x)
    {
        var leaf = x.Detach().RequireGradient();
        var y = f(leaf);
        CheckNotEmpty(x, y);
        Shape shape = [y.Length, x.Length];
        var rows = new float[shape.Elements];
        for (var i = 0; y.RequiresGradient && i < y.Length; i++)
        {
            var unit = new float[y.Length];
            unit[i] = 1;
            Tensor.Gradients(y, [leaf], Tensor.From(unit, y.Shape, y.Device), keepTape: true)[0].ToArray().CopyTo(rows, i * x.Length);
        }

        return Tensor.From(rows, shape);
    }

    /// <summary>The Jacobian of a network in evaluation mode, by reverse mode; its gradients are not touched.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensor Of(Layer network, Tensor x)
    {
        using (new EvaluationScope(network))
        {
            return Of(network.Forward, x);
        }
    }

    /// <summary>
    /// By finite differences: column j is (8·(f(x + he_j) - f(x - he_j)) - (f(x + 2he_j) - f(x - 2he_j))) / 12h. Costs 4N
    /// evaluations; agrees with reverse mode to about 1e-5 for smooth functions of values near 1.
    /// </summary>
    /// <param name="f">The function.</param>
    /// <param name="x">The point, away from kinks such as that of ReLU at 0.</param>
    /// <param name="h">The step; smaller for functions of larger curvature.</param>
    /// <exception cref="ShapeException">x or f(x) has no element.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0.</exception>
    public static Tensor ByDifferences(Func<Tensor, Tensor> f, Tensor x, float h = 1f / 16)
    {
        Check.Positive(h, "Jacobian.ByDifferences");
        using (Recording.Pause())
        {
            CheckNotEmpty(x, f(x));
            var columns = Enumerable.Range(0, x.Length).Select(j => CentralDifference.Of(step => At(f, x, j, step), h));
            return Tensor.From(Matrix<double>.Build.DenseOfColumnVectors(columns));
        }
    }

    private static Vector<double> At(Func<Tensor, Tensor> f, Tensor x, int j, double step)
    {
        var values = x.ToArray();
        values[j] += (float)step;
        return Vector<double>.Build.Dense(Array.ConvertAll(f(Tensor.From(values, x.Shape, x.Device)).ToArray(), value => (double)value));
    }

    private static void CheckNotEmpty(Tensor x, Tensor y)
    {
        if (x.Length == 0 || y.Length == 0)
        {
            throw new ShapeException($"Jacobian: expected at least one input and one output, got x {x.Shape} and f(x) {y.Shape}.");
        }
    }
}

/// <summary>
/// g'(0) ≈ (8·(g(h) - g(-h)) - (g(2h) - g(-2h))) / 12h: central differences with one step of Richardson extrapolation,
/// whose truncation error is h⁴·g⁽⁵⁾/30. Balanced against the rounding error of float32, about 1e-7·g/h, the best h is near
/// 2⁻⁴ for functions that vary on a scale of 1.
/// </summary>
internal static class CentralDifference
{
    public static Vector<double> Of(Func<double, Vector<double>> g, double h) =>
        (8 * (g(h) - g(-h)) - (g(2 * h) - g(-2 * h))) / (12 * h);
}
