namespace DeepNotes;

/// <summary>The output of a layer for images, channel by channel (Zeiler and Fergus 2014).</summary>
/// <param name="Path">The path of the layer.</param>
/// <param name="Maps">Its output [N, K, h, w].</param>
public sealed record FeatureMaps(string Path, Tensor Maps) : AnalysisResult
{
    /// <summary>Runs a network in evaluation mode and records the output of one layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="path">The path of the layer, such as <c>2</c> or <c>1.Branch.0</c>; by default the last convolution.</param>
    /// <exception cref="ArgumentException">There is no such layer, or no convolution.</exception>
    /// <exception cref="ShapeException">The inputs, or the outputs of the layer, are not images.</exception>
    public static FeatureMaps Of(Layer network, Tensor images, string? path = null)
    {
        const string operation = "FeatureMaps.Of";
        path ??= LayerPath.LastConvolution(operation, network);
        using (new EvaluationScope(network))
        using (Recording.Pause())
        {
            return new(path, ActivationCapture.OfImages(operation, network, images.Detach(), path).Activation.Detach());
        }
    }

    /// <summary>The maps of the first image.</summary>
    public override Chart Chart() => Chart(sample: 0);

    /// <summary>The first 64 maps of an image, each from its smallest value, black, to its largest, white.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public Chart Chart(int sample)
    {
        if ((uint)sample >= (uint)Maps.Shape[0])
        {
            throw new ArgumentOutOfRangeException(nameof(sample), $"FeatureMaps.Chart: image {sample}: expected 0 to {Maps.Shape[0] - 1}.");
        }

        var maps = Maps.Slice(0, sample, 1).ToArray().Chunk(Maps.Shape[2] * Maps.Shape[3]).Take(GreyImages.MaxCount);
        return DeepNotes.Chart.Images(maps.Select(GreyImages.ScaledToRange), columns: 8, width: Maps.Shape[3])
            .WithTitle($"Feature maps of layer {Path}");
    }
}
