using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// Transforms the features to be uncorrelated with variance 1 over the training data. The covariance XᵀX / N of the centred
/// samples is U Λ Uᵀ. PCA whitening computes Λ^-½ Uᵀ (x - μ), the component of largest variance first; ZCA whitening rotates
/// the result back by U, so that whitened images still resemble images (Bell, Sejnowski 1997, "The 'independent components'
/// of natural scenes are edge filters"). The cost grows with the cube of the number of features, which is fast for hundreds.
/// </summary>
public sealed class Whitening : FittedTransform
{
    private readonly Tensor _forward;
    private readonly Tensor _backward;
    private readonly bool _keepsShape;

    private Whitening(Shape sampleShape, Tensor mean, Tensor forward, Tensor backward, Matrix<double> components, double[] variances, bool keepsShape)
        : base(sampleShape) =>
        (Mean, _forward, _backward, Components, Variances, _keepsShape) = (mean, forward, backward, components, variances, keepsShape);

    /// <summary>μ of each of the D features, [D].</summary>
    public Tensor Mean { get; }

    /// <summary>U, D × K: the directions of the largest variance as columns, each with its largest entry positive.</summary>
    public Matrix<double> Components { get; }

    /// <summary>λ: the variance along each component, in descending order.</summary>
    public IReadOnlyList<double> Variances { get; }

    private protected override Shape ChangedShape => _keepsShape ? SampleShape : [Components.ColumnCount];

    /// <summary>Fits PCA whitening: samples [N, …] become [N, K], with component k divided by √(λₖ + ε).</summary>
    /// <param name="train">The training data.</param>
    /// <param name="components">K, from 1 to the number of features; by default all of them.</param>
    /// <param name="epsilon">ε, which limits the amplification of noise along components of small variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is out of range, or ε is negative.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or a component has variance 0 and ε = 0.</exception>
    /// <exception cref="ShapeException">There are no samples.</exception>
    public static Whitening FitPca(Dataset train, int? components = null, double epsilon = 1e-5)
    {
        var fit = Fit("Whitening.FitPca", train, components, epsilon);
        return From(train, fit, Matrix<double>.Build.DenseIdentity(fit.Scales.Count), keepsShape: false);
    }

    /// <summary>Fits ZCA whitening, which preserves the shape of the samples: <c>U (Λ + ε)^-½ Uᵀ (x - μ)</c>.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="epsilon">ε, which limits the amplification of noise along components of small variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative.</exception>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or a component has variance 0 and ε = 0.</exception>
    /// <exception cref="ShapeException">There are no samples.</exception>
    public static Whitening FitZca(Dataset train, double epsilon = 1e-5)
    {
        var fit = Fit("Whitening.FitZca", train, components: null, epsilon);
        return From(train, fit, fit.Components, keepsShape: true);
    }

    private protected override Tensor Forward(Tensor samples)
    {
        var centred = samples.Reshape(samples.Shape[0], Mean.Length) - Mean.To(samples.Device);
        return centred.MatMul(_forward.To(samples.Device)).Reshape([samples.Shape[0], .. ChangedShape]);
    }

    private protected override Tensor Backward(Tensor samples)
    {
        var rows = samples.Reshape(samples.Shape[0], _backward.Shape[0]);
        return (rows.MatMul(_backward.To(samples.Device)) + Mean.To(samples.Device)).Reshape([samples.Shape[0], .. SampleShape]);
    }

    private sealed record Eigen(Vector<double> Mean, Matrix<double> Components, double[] Variances, Vector<double> Scales);

    private static Eigen Fit(string operation, Dataset train, int? components, double epsilon)
    {
        var rows = RowsOf(operation, train);
        var count = components ?? rows.ColumnCount;
        if (count < 1 || count > rows.ColumnCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(components), $"{operation}: expected 1 to {rows.ColumnCount} components, as many as features, got {count}.");
        }

        if (!(epsilon >= 0 && double.IsFinite(epsilon)))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), $"{operation}: expected an epsilon from 0, got {epsilon}.");
        }

        var mean = rows.ColumnSums() / rows.RowCount;
        var centred = Matrix<double>.Build.Dense(rows.RowCount, rows.ColumnCount, (i, j) => rows[i, j] - mean[j]);
        var eigen = (centred.TransposeThisAndMultiply(centred) / rows.RowCount).Evd(Symmetricity.Symmetric);
        var order = Enumerable.Range(1, count).Select(i => rows.ColumnCount - i).ToArray();
        var variances = Array.ConvertAll(order, i => Math.Max(0, eigen.EigenValues[i].Real));
        var unit = Matrix<double>.Build.DenseOfColumnVectors(order.Select(i => WithPositiveLargestEntry(eigen.EigenVectors.Column(i))));
        return variances[^1] + epsilon > 0
            ? new Eigen(mean, unit, variances, Vector<double>.Build.Dense(count, i => Math.Sqrt(variances[i] + epsilon)))
            : throw new ArgumentException(
                $"{operation} of '{train.Name}': component {count} has no variance; take fewer components or an epsilon above 0.",
                nameof(train));
    }

    private static Whitening From(Dataset train, Eigen fit, Matrix<double> rotation, bool keepsShape)
    {
        var forward = fit.Components * Matrix<double>.Build.DenseOfDiagonalVector(1 / fit.Scales) * rotation.Transpose();
        var backward = rotation * Matrix<double>.Build.DenseOfDiagonalVector(fit.Scales) * fit.Components.Transpose();
        return new Whitening(
            train.Inputs.Shape.Without(0),
            Tensor.From(Array.ConvertAll(fit.Mean.ToArray(), value => (float)value)),
            Tensor.From(forward),
            Tensor.From(backward),
            fit.Components,
            fit.Variances,
            keepsShape);
    }

    /// <summary>Resolves the sign ambiguity of an eigenvector: its entry of largest magnitude becomes positive.</summary>
    private static Vector<double> WithPositiveLargestEntry(Vector<double> vector) => vector * Math.Sign(vector[vector.AbsoluteMaximumIndex()]);
}
