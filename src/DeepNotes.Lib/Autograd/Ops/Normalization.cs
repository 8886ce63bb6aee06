namespace DeepNotes;

/// <summary>What <see cref="Tensor.Normalize"/> gives.</summary>
/// <param name="Value">x̂, of x's shape.</param>
/// <param name="Mean">μ, with the axes that were averaged kept at length 1.</param>
/// <param name="Variance">σ², the biased one, of the mean's shape.</param>
public sealed record Normalized(Tensor Value, Tensor Mean, Tensor Variance);

public sealed partial class Tensor
{
    /// <summary>Σ/n over several axes, each kept with length 1.</summary>
    public Tensor MeanOver(params int[] axes)
    {
        var sum = axes.Aggregate(this, (x, axis) => x.Sum(axis, keepAxis: true));
        return sum * ((float)sum.Length / Length);
    }

    /// <summary>
    /// x̂ = (x - μ)/√(σ² + ε) with mean and variance over some axes: the formula of batch, layer, instance and group
    /// normalisation (Ioffe and Szegedy 2015). Both μ and σ depend on x, so
    /// dx = (dy - mean(dy) - x̂·mean(dy·x̂))/√(σ² + ε).
    /// </summary>
    public Normalized Normalize(int[] axes, float epsilon)
    {
        Tensor value, mean, variance, scale;
        using (Recording.Pause())
        {
            mean = MeanOver(axes);
            var centred = this - mean;
            variance = centred.Square().MeanOver(axes);
            scale = 1 / (variance + epsilon).Sqrt();
            value = centred * scale;
        }

        Record("Normalize", value, [this], dy => [(dy - dy.MeanOver(axes) - value * (dy * value).MeanOver(axes)) * scale]);
        return new Normalized(value, mean, variance);
    }
}
