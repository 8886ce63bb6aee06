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
    public static Tensor ClipByNorm(Tensor x, float c) => Scale(x, Norm([x]), c);

    /// <summary>Several tensors scaled by one factor, so that the norm of them all is c at most (Pascanu et al. 2013).</summary>
    public static IEnumerable<Tensor> ClipByGlobalNorm(IReadOnlyList<Tensor> tensors, float c)
    {
        var norm = Norm(tensors);
        return tensors.Select(x => Scale(x, norm, c));
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
        var limit = Tensor.Full([], c, w.Device);
        return (rows * (limit / Tensor.Maximum(norms, limit))).Reshape(w.Shape);
    }

    // Added up from the smallest: the order of the parameters must not change a bit of the result.
    private static double Norm(IEnumerable<Tensor> tensors) =>
        Math.Sqrt(tensors.Select(x => (double)x.Square().Sum().ToSingle()).Order().Sum());

    private static Tensor Scale(Tensor x, double norm, float c) => norm <= c ? x : x * (float)(c / norm);
}
