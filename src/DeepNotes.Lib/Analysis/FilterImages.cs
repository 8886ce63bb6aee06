namespace DeepNotes;

/// <summary>The kernels of a convolution as images (Krizhevsky et al. 2012).</summary>
/// <param name="Path">The path of the layer.</param>
/// <param name="Kernels">A copy of its weights [outputs, inputs/groups, KH, KW].</param>
public sealed record FilterImages(string Path, Tensor Kernels) : AnalysisResult
{
    /// <summary>The kernels of a convolution, by default the first of the network.</summary>
    /// <exception cref="ArgumentException">There is no such layer, or it is not a convolution.</exception>
    public static FilterImages Of(Layer network, string? path = null)
    {
        const string operation = "FilterImages.Of";
        path ??= LayerPath.FirstConvolution(operation, network);
        var kernels = LayerPath.Find(operation, network, path) is Conv2d convolution
            ? convolution.Weight.Value
            : throw new ArgumentException($"{operation}: layer \"{path}\" is {LayerPath.Find(operation, network, path)}; expected a Conv2d.", nameof(path));
        return new(path, Tensor.From(kernels.ToArray(), kernels.Shape));
    }

    /// <summary>
    /// The first 64 kernels: in colour if they have three input channels, else one grey image per channel, a row per filter.
    /// Grey is 0, and each kernel is scaled by its own largest magnitude.
    /// </summary>
    public override Chart Chart()
    {
        const int colorChannels = 3;
        if (Kernels.Shape[1] == colorChannels)
        {
            var shown = Math.Min(GreyImages.MaxCount, Kernels.Shape[0]);
            var area = Kernels.Shape.Elements / Kernels.Shape[0];
            var pixels = Kernels.ToArray().Chunk(area).Take(shown).SelectMany(GreyImages.CentredOnGrey).ToArray();
            return DeepNotes.Chart.Images(Tensor.From(pixels, [shown, .. Kernels.Shape.Skip(1)]), columns: 8).WithTitle($"Filters of layer {Path}");
        }

        var kernels = Kernels.ToArray().Chunk(Kernels.Shape[2] * Kernels.Shape[3]).Take(GreyImages.MaxCount);
        return DeepNotes.Chart.Images(
                kernels.Select(GreyImages.CentredOnGrey), columns: Kernels.Shape[1] is > 1 and <= 8 ? Kernels.Shape[1] : 8, width: Kernels.Shape[3])
            .WithTitle($"Filters of layer {Path}");
    }
}
