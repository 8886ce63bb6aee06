namespace DeepNotes;

/// <summary>The inputs that a class score depends on, by its gradient. The network runs in evaluation mode and is restored afterwards.</summary>
public static class Saliency
{
    /// <summary>|∂s_c/∂x| (Simonyan, Vedaldi and Zisserman 2014); for images, the maximum over the channels.</summary>
    /// <param name="network">A network whose output is scores [N, C].</param>
    /// <param name="x">The samples, images [N, C, H, W] or rows [N, D].</param>
    /// <param name="classes">The class to explain for each sample; by default that of its largest score.</param>
    /// <exception cref="ShapeException">There are no samples, the output is not [N, C], or the number of classes given is not N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside 0 … C-1.</exception>
    public static Attribution Gradient(Layer network, Tensor x, int[]? classes = null)
    {
        const string operation = "Saliency.Gradient";
        classes = ClassScore.Classes(operation, network, x, classes);
        return new("Saliency", x, Gradient(operation, network, x, classes), classes, IsSigned: false);
    }

    /// <summary>x·∂s_c/∂x (Shrikumar et al. 2016): the contribution of each input to first order; for images, summed over the channels.</summary>
    /// <inheritdoc cref="Gradient(Layer, Tensor, int[])"/>
    public static Attribution GradientTimesInput(Layer network, Tensor x, int[]? classes = null)
    {
        const string operation = "Saliency.GradientTimesInput";
        classes = ClassScore.Classes(operation, network, x, classes);
        return new("Gradient × input", x, x.Detach() * Gradient(operation, network, x, classes), classes, IsSigned: true);
    }

    /// <summary>
    /// SmoothGrad (Smilkov et al. 2017): the mean of ∂s_c/∂x at x + ε, ε ~ N(0, σ²), which is less noisy than the gradient
    /// at x itself.
    /// </summary>
    /// <param name="network">A network whose output is scores [N, C].</param>
    /// <param name="x">The samples, images [N, C, H, W] or rows [N, D].</param>
    /// <param name="classes">The class to explain for each sample; by default that of its largest score.</param>
    /// <param name="noise">σ / (max x - min x); the paper finds 0.1 to 0.2 best.</param>
    /// <param name="samples">The number of samples of ε.</param>
    /// <param name="seed">The seed of ε.</param>
    /// <inheritdoc cref="Gradient(Layer, Tensor, int[])" path="/exception"/>
    public static Attribution SmoothGrad(
        Layer network, Tensor x, int[]? classes = null, float noise = 0.15f, int samples = 25, ulong seed = 0)
    {
        const string operation = "Saliency.SmoothGrad";
        Check.AtLeast(1, samples, operation);
        Check.InZeroToOne(noise, operation);
        classes = ClassScore.Classes(operation, network, x, classes);
        var (values, generator) = (x.ToArray(), new Generator(seed));
        var deviation = noise * (values.Max() - values.Min());
        var sum = Tensor.Full(x.Shape, 0, x.Device);
        for (var i = 0; i < samples; i++)
        {
            var disturbed = Array.ConvertAll(values, value => value + deviation * generator.NextNormal());
            sum += Gradient(operation, network, Tensor.From(disturbed, x.Shape, x.Device), classes);
        }

        return new("SmoothGrad", x, sum / samples, classes, IsSigned: false);
    }

    private static Tensor Gradient(string operation, Layer network, Tensor x, int[] classes)
    {
        using (new EvaluationScope(network))
        {
            var leaf = x.Detach().RequireGradient();
            ClassScore.Sum(operation, network.Forward(leaf), classes).Backward();
            return leaf.Gradient!;
        }
    }
}
