using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// The Hessian H[i, j] = ∂²L / ∂θ_i ∂θ_j of a loss, by its products with vectors: Hv = ∇(∇L·v), the gradient of a number
/// that the gradient makes (Pearlmutter 1994, "Fast exact multiplication by the Hessian"). Exact but for the rounding of
/// float32. Where a function has straight pieces (ReLU), its second derivative is 0, and the kinks do not count.
/// </summary>
/// <remarks>The network is measured in evaluation and left as it was: values, gradients and modes.</remarks>
public sealed class Hessian
{
    private const int LargestMatrix = 4096;

    private readonly ScalarField _loss;

    /// <summary>Of a loss with respect to all parameters of a network that are not frozen, in the order of <see cref="Module.Parameters"/>.</summary>
    /// <param name="network">What has the parameters.</param>
    /// <param name="loss">Computes the scalar loss anew at each call: <c>() => Loss.CrossEntropy(net.Forward(x), labels)</c>.</param>
    /// <exception cref="ArgumentException">No parameter can move.</exception>
    public Hessian(Layer network, Func<Tensor> loss)
        : this(ScalarField.Of("Hessian", network, loss, [.. EvaluationScope.ParameterValues(network).Where(value => value.RequiresGradient)]))
    {
    }

    /// <summary>Of a scalar function at a point of any shape.</summary>
    /// <exception cref="ArgumentException">The point has no element.</exception>
    public Hessian(Func<Tensor, Tensor> f, Tensor x)
        : this(new ScalarField("Hessian", tensors => f(tensors[0]), [x]))
    {
    }

    private Hessian(ScalarField loss) => _loss = loss;

    /// <summary>P: H is [P, P].</summary>
    public int Size => _loss.Size;

    /// <summary>Hv for v [P], by one gradient and one pass back over it.</summary>
    /// <exception cref="ShapeException">Not a vector [P], or a loss that is not a scalar.</exception>
    public Tensor Times(Tensor v) => v.Shape.Count == 1 && v.Length == Size
        ? Tensor.From([.. _loss.HessianProduct()(Doubles(v)).Select(value => (float)value)], v.Shape)
        : throw new ShapeException($"Hessian.Times: expected a vector [{Size}], got {v.Shape}.");

    /// <summary>H [P, P], symmetric: the mean of what the products say and its transpose.</summary>
    /// <exception cref="InvalidOperationException">P is above 4096.</exception>
    public Tensor ToTensor() => Tensor.From(Matrix());

    /// <summary>All eigenvalues, for small P.</summary>
    /// <exception cref="InvalidOperationException">P is above 4096.</exception>
    public Spectrum Eigenvalues() => Spectrum.Of(Matrix().Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real), Size, residual: 0);

    /// <summary>The eigenvalues of largest magnitude, by Lanczos' method: one product for each step.</summary>
    /// <param name="count">How many.</param>
    /// <param name="steps">The most products; it stops before when the residuals are below 1e-4 of the largest eigenvalue.</param>
    /// <param name="seed">Fixes the first vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count outside 1 … P, or fewer steps than that.</exception>
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
    /// tr H by Hutchinson's estimator (1990): the mean of vᵀHv over random signs v. Exact for diagonal H.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two samples: they have no standard error.</exception>
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

/// <summary>A trace estimated from samples.</summary>
/// <param name="Value">Their mean.</param>
/// <param name="StandardError">s/√n: two of three such means are nearer to the true trace than this.</param>
/// <param name="Samples">n.</param>
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
