using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// The Hessian H[i, j] = ∂²L / ∂θ_i ∂θ_j of a loss, through its products with vectors: Hv = ∇(∇L·v), the gradient of a
/// directional derivative (Pearlmutter 1994, "Fast exact multiplication by the Hessian"). Exact up to float32 rounding. The
/// second derivative of a piecewise linear function (ReLU) is 0; its kinks are ignored.
/// </summary>
/// <remarks>The network runs in evaluation mode; its values, gradients and modes are restored afterwards.</remarks>
public sealed class Hessian
{
    private const int LargestMatrix = 4096;

    private readonly ScalarField _loss;

    /// <summary>The Hessian with respect to all parameters of a network that are not frozen, in the order of <see cref="Module.Parameters"/>.</summary>
    /// <param name="network">The network with the parameters.</param>
    /// <param name="loss">Recomputes the scalar loss at each call: <c>() => Loss.CrossEntropy(net.Forward(x), labels)</c>.</param>
    /// <exception cref="ArgumentException">The network has no parameters, or all are frozen.</exception>
    public Hessian(Layer network, Func<Tensor> loss)
        : this(ScalarField.Of("Hessian", network, loss, [.. EvaluationScope.ParameterValues(network).Where(value => value.RequiresGradient)]))
    {
    }

    /// <summary>The Hessian of a scalar function at a point of any shape.</summary>
    /// <exception cref="ArgumentException">The point has no element.</exception>
    public Hessian(Func<Tensor, Tensor> f, Tensor x)
        : this(new ScalarField("Hessian", tensors => f(tensors[0]), [x]))
    {
    }

    private Hessian(ScalarField loss) => _loss = loss;

    /// <summary>The number of parameters P; H is [P, P].</summary>
    public int Size => _loss.Size;

    /// <summary>Hv for v [P], by one gradient and one backward pass through it.</summary>
    /// <exception cref="ShapeException">v is not a vector [P], or the loss is not a scalar.</exception>
    public Tensor Times(Tensor v) => v.Shape.Count == 1 && v.Length == Size
        ? Tensor.From([.. _loss.HessianProduct()(Doubles(v)).Select(value => (float)value)], v.Shape)
        : throw new ShapeException($"Hessian.Times: expected a vector [{Size}], got {v.Shape}.");

    /// <summary>H [P, P], made exactly symmetric: (H + Hᵀ) / 2 of the computed columns He_j.</summary>
    /// <exception cref="InvalidOperationException">P is above 4096.</exception>
    public Tensor ToTensor() => Tensor.From(Matrix());

    /// <summary>All eigenvalues, for small P.</summary>
    /// <exception cref="InvalidOperationException">P is above 4096.</exception>
    public Spectrum Eigenvalues() => Spectrum.Of(Matrix().Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real), Size, residual: 0);

    /// <summary>The eigenvalues of largest magnitude, by Lanczos' method: one product for each step.</summary>
    /// <param name="count">The number of eigenvalues.</param>
    /// <param name="steps">The maximum number of products; it stops earlier once the residuals are below 1e-4 of the largest eigenvalue.</param>
    /// <param name="seed">The seed of the first vector.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside 1 … P, or there are fewer steps than eigenvalues.</exception>
    public Spectrum LargestEigenvalues(int count = 1, int steps = 100, ulong seed = 0)
    {
        if (count < 1 || count > Size || steps < count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"Hessian.LargestEigenvalues: count {count} in {steps} steps: expected 1 to {Size}, and no fewer steps.");
        }

        return Lanczos.Largest(_loss.HessianProduct(), Size, count, Math.Min(steps, Size), new Generator(seed));
    }

    /// <summary>
    /// tr H by Hutchinson's estimator (1990): the mean of vᵀHv over random vectors v of ±1. Exact for diagonal H.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two samples, for which there is no standard error.</exception>
    public TraceEstimate Trace(int samples = 100, ulong seed = 0)
    {
        Check.AtLeast(2, samples, "Hessian.Trace");
        var (generator, product) = (new Generator(seed), _loss.HessianProduct());
        return TraceEstimate.Of([.. Enumerable.Range(0, samples).Select(_ =>
        {
            var v = Vector<double>.Build.Dense(Size, _ => generator.Next(2) * 2 - 1);
            return v.DotProduct(product(v));
        })]);
    }

    private Matrix<double> Matrix()
    {
        if (Size > LargestMatrix)
        {
            throw new InvalidOperationException(
                $"Hessian: {Size} parameters are too many for the whole matrix, at most {LargestMatrix}; use Times, LargestEigenvalues or Trace.");
        }

        var product = _loss.HessianProduct();
        var columns = Enumerable.Range(0, Size).Select(j => product(Vector<double>.Build.Dense(Size, i => i == j ? 1 : 0)));
        var products = Matrix<double>.Build.DenseOfColumnVectors(columns);
        return (products + products.Transpose()) / 2;
    }

    private static Vector<double> Doubles(Tensor v) => Vector<double>.Build.Dense(Array.ConvertAll(v.ToArray(), value => (double)value));
}

/// <summary>A trace estimated from random samples.</summary>
/// <param name="Value">The mean of the samples.</param>
/// <param name="StandardError">s/√n: about two of three such means lie within it of the true trace.</param>
/// <param name="Samples">The number of samples, n.</param>
public sealed record TraceEstimate(double Value, double StandardError, int Samples)
{
    internal static TraceEstimate Of(double[] samples)
    {
        var mean = samples.Average();
        var variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1);
        return new TraceEstimate(mean, Math.Sqrt(variance / samples.Length), samples.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G5} ± {StandardError:G2} from {Samples} samples";
}
