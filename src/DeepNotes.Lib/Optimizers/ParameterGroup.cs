namespace DeepNotes;

/// <summary>
/// Parameters that are updated in their own way: a smaller rate for layers that are trained already, no decay for
/// biases. What a group leaves unset is as on the optimizer; parameters in no group follow the optimizer.
/// </summary>
/// <param name="parameters">The group's parameters.</param>
public sealed class ParameterGroup(IEnumerable<Parameter> parameters)
{
    internal static readonly ParameterGroup Rest = new([]);

    /// <summary>The group's parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; } = [.. parameters];

    /// <summary>The optimizer's learning rate is multiplied by this.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative, infinite or NaN.</exception>
    public float LearningRateFactor
    {
        get;
        init => field = Check.Positive(value, nameof(ParameterGroup), nameof(LearningRateFactor));
    } = 1;

    /// <summary>A frozen group is not updated; may be thawed later.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>In place of <see cref="Optimizer.WeightDecay"/>.</summary>
    public float? WeightDecay
    {
        get;
        init => field = value is { } decay ? Check.NotNegative(decay, nameof(ParameterGroup), nameof(WeightDecay)) : null;
    }

    /// <summary>In place of <see cref="Optimizer.L1"/>.</summary>
    public float? L1
    {
        get;
        init => field = value is { } penalty ? Check.NotNegative(penalty, nameof(ParameterGroup), nameof(L1)) : null;
    }

    /// <summary>In place of <see cref="Optimizer.ClipValue"/>; ∞ switches it off.</summary>
    public float? ClipValue
    {
        get;
        init => field = value is { } limit ? Check.Limit(limit, nameof(ParameterGroup), nameof(ClipValue)) : null;
    }

    /// <summary>In place of <see cref="Optimizer.ClipNorm"/>; ∞ switches it off.</summary>
    public float? ClipNorm
    {
        get;
        init => field = value is { } limit ? Check.Limit(limit, nameof(ParameterGroup), nameof(ClipNorm)) : null;
    }

    /// <summary>In place of <see cref="Optimizer.MaxNorm"/>; ∞ switches it off.</summary>
    public float? MaxNorm
    {
        get;
        init => field = value is { } limit ? Check.Limit(limit, nameof(ParameterGroup), nameof(MaxNorm)) : null;
    }
}
