namespace DeepNotes;

/// <summary>
/// Compares gradients with finite differences along random directions: for g(x) = Σ u·f(x) with random u and v,
/// ⟨∇g, v⟩ must be (g(x + εv) - g(x - εv)) / 2ε. One number checks a whole gradient, and the random u catches what a
/// plain sum hides (the sum of a softmax has gradient 0).
/// </summary>
public static class GradientCheck
{
    /// <summary>
    /// The largest error over all inputs and several directions, relative to ‖∇g‖, which is the size of a typical ⟨∇g, v⟩;
    /// about 1e-3 is float32's noise.
    /// </summary>
    /// <param name="f">The function to check, of tensors that require gradients.</param>
    /// <param name="inputs">Where to check it: away from kinks such as ReLU's at 0.</param>
    /// <param name="epsilon">Half the distance of the two points.</param>
    /// <param name="directions">How many random directions for each input.</param>
    /// <param name="seed">Fixes u and v.</param>
    public static double LargestError(
        Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, float epsilon = 1e-2f, int directions = 3, ulong seed = 0)
    {
        Tensor[] leaves = [.. inputs.Select(x => Tensor.From(x.ToArray(), x.Shape).RequireGradient())];
        var y = f(leaves);
        var u = Tensor.Normal(y.Shape, seed: seed);
        y.Backward(u);

        var largest = 0.0;
        for (var i = 0; i < leaves.Length; i++)
        {
            for (var direction = 1; direction <= directions; direction++)
            {
                var v = Tensor.Normal(leaves[i].Shape, seed: seed + (ulong)(direction * leaves.Length + i));
                var expected = (Project(f, leaves, i, epsilon * v, u) - Project(f, leaves, i, -epsilon * v, u)) / (2 * epsilon);
                var actual = Dot(leaves[i].Gradient ?? Tensor.Zeros(v.Shape), v);
                var scale = (Norm(leaves[i].Gradient ?? v) * Norm(v) / Math.Sqrt(v.Length)) + 1e-6;
                largest = Math.Max(largest, Math.Abs(actual - expected) / scale);
            }
        }

        return largest;
    }

    private static double Project(Func<IReadOnlyList<Tensor>, Tensor> f, Tensor[] inputs, int moved, Tensor step, Tensor u)
    {
        using (Recording.Pause())
        {
            return Dot(f([.. inputs.Select((x, i) => i == moved ? x + step : x)]), u);
        }
    }

    // In double: the difference of two nearly equal sums is what is measured.
    private static double Dot(Tensor a, Tensor b) => a.ToArray().Zip(b.ToArray(), (x, y) => (double)x * y).Sum();

    private static double Norm(Tensor a) => Math.Sqrt(Dot(a, a));
}
