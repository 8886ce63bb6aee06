namespace DeepNotes;

/// <content>What applies to every parameter unless its group says otherwise.</content>
public abstract partial class Optimizer
{
    /// <summary>Parameters that are updated in their own way; all others follow the optimizer.</summary>
    public ParameterGroups Groups { get; } = new();

    /// <summary>The factor of the learning rate at each step; none is a constant 1.</summary>
    public Schedule? Schedule { get; set; }

    /// <summary>
    /// λ of L2 decay. Coupled, the penalty ½λ‖w‖² adds λw to the gradient; decoupled (see
    /// <see cref="DecouplesWeightDecay"/>), w shrinks by ηλw beside the step. For plain gradient descent they are the same.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public float WeightDecay
    {
        get;
        init => field = Check.NotNegative(value, GetType().Name, nameof(WeightDecay));
    }

    /// <summary>Whether decay acts beside the step, w ← w - ηλw, not through the gradient (Loshchilov and Hutter 2019).</summary>
    public bool DecouplesWeightDecay { get; init; }

    /// <summary>
    /// λ of the penalty λ‖w‖₁. By subgradient, λ·sign(w) is added to the gradient, which seldom makes a weight exactly
    /// 0; by proximal step (see <see cref="IsL1Proximal"/>) small weights become exactly 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public float L1
    {
        get;
        init => field = Check.NotNegative(value, GetType().Name, nameof(L1));
    }

    /// <summary>Whether L1 acts after the step, w ← sign(w)·max(|w| - ηλ, 0): ISTA (Daubechies et al. 2004).</summary>
    public bool IsL1Proximal { get; init; }

    /// <summary>c: each element of a gradient is kept between -c and c; ∞ is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or NaN.</exception>
    public float ClipValue
    {
        get;
        init => field = Check.Limit(value, GetType().Name, nameof(ClipValue));
    } = float.PositiveInfinity;

    /// <summary>c: the gradient of each parameter is scaled down to the norm c where it is longer; ∞ is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or NaN.</exception>
    public float ClipNorm
    {
        get;
        init => field = Check.Limit(value, GetType().Name, nameof(ClipNorm));
    } = float.PositiveInfinity;

    /// <summary>
    /// c: all gradients are scaled by one factor, so that their common norm is c at most, which keeps their direction
    /// (Pascanu, Mikolov and Bengio 2013); ∞ is no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or NaN.</exception>
    public float GlobalClipNorm
    {
        get;
        init => field = Check.Limit(value, GetType().Name, nameof(GlobalClipNorm));
    } = float.PositiveInfinity;

    /// <summary>
    /// c: after each step the incoming weights of every unit, a row of a weight [outputs, inputs, …], are scaled down to
    /// the norm c where they are longer (Srivastava et al. 2014); parameters of one axis, biases, are left alone. ∞ is no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or NaN.</exception>
    public float MaxNorm
    {
        get;
        init => field = Check.Limit(value, GetType().Name, nameof(MaxNorm));
    } = float.PositiveInfinity;

    /// <summary>
    /// k: gradients are averaged over k calls of <see cref="ApplyGradients"/> before parameters move, which is a batch k
    /// times as large in the memory of one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int AccumulationSteps
    {
        get;
        init => field = Check.AtLeast(1, value, GetType().Name, nameof(AccumulationSteps));
    } = 1;

    /// <summary>Whether any of this is set.</summary>
    private protected bool HasSettings =>
        Groups.Count > 0 || Schedule is not null || WeightDecay > 0 || L1 > 0 || AccumulationSteps > 1
        || new[] { ClipValue, ClipNorm, GlobalClipNorm, MaxNorm }.Any(float.IsFinite);
}
