namespace DeepNotes;

/// <summary>
/// The inputs that the middle value of a layer depends on in practice (Luo et al. 2016, "Understanding the effective
/// receptive field"): |∂(Σ_k y[k, middle]) / ∂x|, summed over the channels of x and averaged over random normal images. It
/// is largest in the middle, and decays like a Gaussian towards the border of the theoretical field.
/// </summary>
/// <param name="Path">The path of the layer.</param>
/// <param name="Values">The mean magnitude at each pixel [H, W].</param>
/// <param name="Theoretical">Height and width of the theoretical receptive field, as in <see cref="Layer.Summary"/>.</param>
public sealed record EffectiveReceptiveField(string Path, Tensor Values, Size2D Theoretical) : AnalysisResult
{
    private const string Operation = "EffectiveReceptiveField.Of";
    private const float Negligible = 1 - 0.9545f;

    /// <summary>The field of one network, averaged over random images. The network runs in evaluation mode and is restored afterwards.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The shape of its input [N, C, H, W].</param>
    /// <param name="path">The path of the layer; by default the last one whose output is images.</param>
    /// <param name="seeds">The number of images.</param>
    /// <exception cref="ArgumentException">There is no such layer, or none whose output is images.</exception>
    /// <exception cref="ShapeException"><paramref name="images"/> is not [N, C, H, W].</exception>
    public static EffectiveReceptiveField Of(Layer network, Shape images, string? path = null, int seeds = 20) =>
        Of(_ => network, images, path, seeds);

    /// <summary>The field of an architecture, averaged over random networks and images: one of each per seed.</summary>
    /// <inheritdoc cref="Of(Layer, Shape, string, int)"/>
    public static EffectiveReceptiveField Of(Func<ulong, Layer> network, Shape images, string? path = null, int seeds = 20)
    {
        Check.AtLeast(1, seeds, Operation);
        if (images.Count != 4 || images.Elements == 0)
        {
            throw new ShapeException($"{Operation}: expected the shape of images [N, C, H, W], got {images}.");
        }

        var image = images.With(0, 1);
        var (sum, chosen) = (default(Tensor), default(LayerSummary));
        for (var seed = 0UL; seed < (ulong)seeds; seed++)
        {
            var made = network(seed);
            chosen = Choose(made, image, path);
            using var device = made.UseDevice();
            var size = Gradient(made, Tensor.Normal(image, seed: seed), chosen.Layer).Abs();
            sum = sum is null ? size : sum + size;
        }

        return new(chosen!.Path, (sum! / seeds).Sum(1).Reshape(image[2], image[3]), chosen.Field!.Value.Seen);
    }

    /// <summary>The square root of the number of pixels above 1 - 95.45% of the largest value, the paper's measure of the field's size.</summary>
    public double Side
    {
        get
        {
            var values = Values.ToArray();
            var threshold = Negligible * values.Max();
            return Math.Sqrt(values.Count(value => value > threshold));
        }
    }

    /// <summary>The heat map, with the theoretical field as a frame.</summary>
    public override Chart Chart()
    {
        var heat = DeepNotes.Chart.Heatmap(Values);
        return DeepNotes.Chart.Combine([heat, .. Frame()])
            .WithTitle($"Effective receptive field of layer {Path}")
            .WithSubtitle($"side {Side:F1} of {Theoretical} in theory");
    }

    private static LayerSummary Choose(Layer network, Shape image, string? path)
    {
        var layers = network.Summary(image).Layers;
        var known = layers.Where(layer => layer.Field is not null).ToList();
        if (known.Count == 0)
        {
            throw new ArgumentException($"{Operation}: {network} has no layer that gives images.", nameof(network));
        }

        var chosen = path is null ? known[^1] : layers.FirstOrDefault(layer => layer.Path == path)
            ?? throw LayerPath.Unknown(Operation, path, known.Select(layer => layer.Path));
        return chosen.Field is not null
            ? chosen
            : throw new ArgumentException(
                $"{Operation}: layer \"{path}\" gives {chosen.Output}, not images with a field; there are {string.Join(", ", known.Select(layer => layer.Path))}.",
                nameof(path));
    }

    private static Tensor Gradient(Layer network, Tensor image, Layer layer)
    {
        using (new EvaluationScope(network))
        {
            var leaf = image.RequireGradient();
            var y = ActivationCapture.Of(Operation, network, leaf, layer).Activation;
            y.Slice(2, y.Shape[2] / 2, 1).Slice(3, y.Shape[3] / 2, 1).Sum().Backward();
            return leaf.Gradient!;
        }
    }

    // Centred on the pixels with any influence: with strides and padding, the field of the middle value is not in the middle of the image.
    private IEnumerable<Chart> Frame()
    {
        var seen = Values.ToArray().Index().Where(place => place.Item > 0).Select(place => Math.DivRem(place.Index, Values.Shape[1])).ToList();
        if (seen.Count == 0)
        {
            return [];
        }

        var (top, bottom) = Around(seen.Min(place => place.Quotient), seen.Max(place => place.Quotient), Theoretical.Height);
        var (left, right) = Around(seen.Min(place => place.Remainder), seen.Max(place => place.Remainder), Theoretical.Width);
        return [DeepNotes.Chart.Line([left, right, right, left, left], (double[])[top, top, bottom, bottom, top], "theoretical field")];
    }

    private static (double Low, double High) Around(int low, int high, int length) => ((low + high - length) / 2.0, (low + high + length) / 2.0);
}
