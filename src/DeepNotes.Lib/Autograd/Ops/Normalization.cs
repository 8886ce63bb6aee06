using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>What <see cref="Tensor.NormalizeChannels"/> gives.</summary>
/// <param name="Value">scale·x̂ + shift, of x's shape.</param>
/// <param name="Mean">μ [C].</param>
/// <param name="Variance">σ² [C], the biased one.</param>
public readonly record struct Normalized(Tensor Value, Tensor Mean, Tensor Variance);

public sealed partial class Tensor
{
    /// <summary>Σ/n over several axes, each kept with length 1.</summary>
    public Tensor MeanOver(params int[] axes)
    {
        var sum = axes.Aggregate(this, (x, axis) => x.Sum(Shape.Axis(axis, "MeanOver"), keepAxis: true));
        return sum * ((float)sum.Length / Length);
    }

    /// <summary>
    /// y = γ·x̂ + β with x̂ = (x - μ)/√(σ² + ε) for x [N, C, …], where each channel has its mean and variance over all else:
    /// the formula of batch, layer, instance and group normalisation (Ioffe and Szegedy 2015). μ and σ depend on x too, so
    /// dx = γ/√(σ² + ε)·(dy - mean(dy) - x̂·mean(dy·x̂)); dγ = Σ dy·x̂, dβ = Σ dy.
    /// </summary>
    /// <param name="epsilon">ε, against division by zero.</param>
    /// <param name="weight">γ [C]; 1 unless given.</param>
    /// <param name="bias">β [C]; 0 unless given.</param>
    /// <param name="rectifies">Whether y is max(0, γ·x̂ + β), in the same pass over memory; dy is then 0 where y is.</param>
    /// <exception cref="ShapeException">x has no channels or no values, or γ or β not C values.</exception>
    public Normalized NormalizeChannels(float epsilon, Tensor? weight = null, Tensor? bias = null, bool rectifies = false)
    {
        if (Shape.Count < 2 || Length == 0 || !HasChannels(weight) || !HasChannels(bias))
        {
            throw new ShapeException($"NormalizeChannels: expected x [N, C, …] of at least one value and γ, β [C], got {Shape}, {weight?.Shape}, {bias?.Shape}.");
        }

        var channels = new Channels(Shape[0], Shape[1], Length / (Shape[0] * Shape[1]));
        var (scale, shift) = (weight ?? Full([channels.Count], 1, Device), bias ?? Full([channels.Count], 0, Device));
        CheckDevice("NormalizeChannels", scale);
        CheckDevice("NormalizeChannels", shift);
        var (y, mean, variance) = (Empty(Shape, Device), Empty(scale.Shape, Device), Empty(scale.Shape, Device));
        Backend.Normalize(channels, Buffer, scale.Buffer, shift.Buffer, epsilon, rectifies, mean.Buffer, variance.Buffer, y.Buffer);
        Record(rectifies ? "NormalizeChannels, ReLU" : "NormalizeChannels", y, [this, scale, shift], dy =>
        {
            if (Recording.IsOn)
            {
                return NormalizeGradient(scale, epsilon, rectifies ? dy * y.Slope(default(Functions.ReLU), y) : dy);
            }

            var (dx, dScale, dShift) = (Empty(Shape, Device), Empty(scale.Shape, Device), Empty(shift.Shape, Device));
            Backend.NormalizeGradient(
                channels, Buffer, scale.Buffer, shift.Buffer, epsilon, rectifies, mean.Buffer, variance.Buffer,
                dy.Buffer, dx.Buffer, dScale.Buffer, dShift.Buffer);
            return [dx, dScale, dShift];
        });
        return new Normalized(y, mean, variance);
    }

    // The gradient's formula in operations that have derivatives.
    private Tensor?[] NormalizeGradient(Tensor scale, float epsilon, Tensor dy)
    {
        int[] positions = [Shape[0], Shape[1], Length / (Shape[0] * Shape[1])];
        var (x, dz) = (Reshape(positions), dy.Reshape(positions));
        var centered = x - x.MeanOver(0, 2);
        var inverse = 1 / (centered.Square().MeanOver(0, 2) + epsilon).Sqrt();
        var hat = centered * inverse;
        var dx = scale.Reshape(Shape[1], 1) * inverse * (dz - dz.MeanOver(0, 2) - hat * (dz * hat).MeanOver(0, 2));
        return [dx.Reshape(Shape), (dz * hat).SumTo([Shape[1], 1]).Reshape(Shape[1]), dz.SumTo([Shape[1], 1]).Reshape(Shape[1])];
    }

    // Whether there is one value for each channel, where values are given.
    private bool HasChannels(Tensor? given) => given is null || given.Shape is [var channels] && channels == Shape[1];
}
