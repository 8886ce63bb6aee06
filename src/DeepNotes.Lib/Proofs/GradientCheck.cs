namespace DeepNotes;

/// <summary>
/// Compares gradients with finite differences along random directions: for g(x) = Σ u·f(x) with random u and v,
/// ⟨∇g, v⟩ must equal D(ε) = (g(x + εv) - g(x - εv)) / 2ε up to an error of order ε², which (4·D(ε/2) - D(ε))/3 cancels
/// (Richardson extrapolation). One number checks a whole gradient, and the random weights u detect errors that a plain sum hides
/// (the sum of a softmax has gradient 0).
/// </summary>
public static class GradientCheck
{
    /// <summary>
    /// The largest error over all inputs and several directions, relative to ‖∇g‖, the typical size of ⟨∇g, v⟩. Errors up to
    /// 1e-4 are float32 rounding, and larger ones too where the gradient is small relative to the values.
    /// </summary>
    /// <param name="f">The function to check, of tensors that require gradients.</param>
    /// <param name="inputs">The point, away from kinks such as that of ReLU at 0.</param>
    /// <param name="epsilon">ε, half the distance of the two points.</param>
    /// <param name="directions">The number of random directions for each input.</param>
    /// <param name="seed">The seed of u and v.</param>
    public static double LargestError(
        Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, float epsilon = 1e-2f, int directions = 3, ulong seed = 0)
    {
        Tensor[] leaves = [.. inputs.Select(x => x.To(x.Device).RequireGradient())];
        var y = f(leaves);
        var u = Tensor.Normal(y.Shape, seed: seed).To(y.Device);
        y.Backward(u);

        var largest = 0.0;
        for (var i = 0; i < leaves.Length; i++)
        {
            for (var direction = 1; direction <= directions; direction++)
            {
                var v = Tensor.Normal(leaves[i].Shape, seed: seed + (ulong)(direction * leaves.Length + i)).To(leaves[i].Device);
                var error = (4 * Error(f, leaves, i, v, u, epsilon / 2) - Error(f, leaves, i, v, u, epsilon)) / 3;
                var size = Norm(leaves[i].Gradient ?? v) * Norm(v) / Math.Sqrt(v.Length);
                largest = Math.Max(largest, error == 0 ? 0 : Math.Abs(error) / size);
            }
        }

        return largest;
    }

    // D(ε) - ⟨∇g, v⟩, where 2εv is the actual difference of the two points: x ± εv are rounded.
    private static double Error(Func<IReadOnlyList<Tensor>, Tensor> f, Tensor[] inputs, int moved, Tensor v, Tensor u, float epsilon)
    {
        using (Recording.Pause())
        {
            var (above, below) = (inputs[moved] + epsilon * v, inputs[moved] - epsilon * v);
            double At(Tensor point) => Dot(f([.. inputs.Select((x, i) => i == moved ? point : x)]), u);
            var expected = inputs[moved].Gradient is { } gradient ? Dot(gradient, above) - Dot(gradient, below) : 0;
            return (At(above) - At(below) - expected) / (2 * epsilon);
        }
    }

    // In double: the difference of two nearly equal sums loses digits.
    private static double Dot(Tensor a, Tensor b) => a.ToArray().Zip(b.ToArray(), (x, y) => (double)x * y).Sum();

    private static double Norm(Tensor a) => Math.Sqrt(Dot(a, a));
}
