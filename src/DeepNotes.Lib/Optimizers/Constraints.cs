using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>What optimizers do to gradients and weights beside stepping: limits and shrinkage.</summary>
internal static class Constraints
{
    /// <summary>-1, 0 or 1.</summary>
    public static Tensor Sign(Tensor x) => x.Map<Functions.Step>() - (-x).Map<Functions.Step>();

    /// <summary>Each element between -c and c.</summary>
    public static Tensor ClipByValue(Tensor x, float c) => x.Map(new Clamp(-c, c));

    /// <summary>Scaled down to norm c where it is longer: x · c/max(‖x‖, c).</summary>
    public static Tensor ClipByNorm(Tensor x, float c) => x * ShrinkingFactor(x.Square().Sum().Sqrt(), c);

    /// <summary>Several tensors scaled by one factor, so that the norm of them all is c at most (Pascanu et al. 2013).</summary>
    public static IEnumerable<Tensor> ClipByGlobalNorm(IReadOnlyList<Tensor> tensors, float c)
    {
        var norm = Norm(tensors);
        return norm <= c ? tensors : tensors.Select(x => x * (float)(c / norm));
    }

    /// <summary>sign(x)·max(|x| - λ, 0): the proximal step of λ‖x‖₁.</summary>
    public static Tensor SoftThreshold(Tensor x, float lambda) => x - ClipByValue(x, lambda);

    /// <summary>Each row, the incoming weights of one unit, scaled down to norm c where it is longer.</summary>
    public static Tensor LimitRows(Tensor w, float c)
    {
        if (w.Shape.Count < 2 || w.Length == 0)
        {
            return w;
        }

        var rows = w.Reshape(w.Shape[0], w.Length / w.Shape[0]);
        var norms = rows.Square().Sum(1, keepAxis: true).Sqrt();
        return (rows * ShrinkingFactor(norms, c)).Reshape(w.Shape);
    }

    // c/max(‖x‖, c), exactly 1 where nothing is too long.
    private static Tensor ShrinkingFactor(Tensor norms, float c)
    {
        var limit = Tensor.Full([], c, norms.Device);
        return limit / Tensor.Maximum(norms, limit);
    }

    // All sums are begun before the first is read, so that a device is waited for once; they are added up from the smallest, for the
    // order of the parameters must not change a bit of the result.
    private static double Norm(IReadOnlyList<Tensor> tensors)
    {
        var squares = tensors.Select(x => x.Square().Sum()).ToList();
        return Math.Sqrt(squares.Select(square => (double)square.ToSingle()).Order().Sum());
    }
}
