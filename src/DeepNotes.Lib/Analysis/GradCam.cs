namespace DeepNotes;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017): the regions of an image that a class score s_c depends on, at the resolution of the
/// feature maps A [N, K, h, w] of a convolution: α_k = mean over h, w of ∂s_c/∂A_k, map = ReLU(Σ_k α_k·A_k).
/// </summary>
/// <param name="Path">The path of the layer with the feature maps.</param>
/// <param name="Inputs">The images [N, C, H, W].</param>
/// <param name="Maps">A map for each image, [N, h, w].</param>
/// <param name="Classes">The class explained for each image.</param>
public sealed record GradCam(string Path, Tensor Inputs, Tensor Maps, int[] Classes) : AnalysisResult
{
    /// <summary>Explains class scores. The network runs in evaluation mode and is restored afterwards.</summary>
    /// <param name="network">A network whose output is scores [N, C].</param>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="classes">The class to explain for each image; by default that of its largest score.</param>
    /// <param name="path">The path of the layer, such as <c>2</c> or <c>1.Branch.0</c>; by default the last convolution.</param>
    /// <exception cref="ArgumentException">There is no such layer, or no convolution.</exception>
    /// <exception cref="ShapeException">The inputs, or the outputs of the layer, are not images, or the network's output is not [N, C].</exception>
    public static GradCam Of(Layer network, Tensor images, int[]? classes = null, string? path = null)
    {
        const string operation = "GradCam.Of";
        path ??= LayerPath.LastConvolution(operation, network);
        LayerPath.Find(operation, network, path);
        if (images.Shape.Count != 4)
        {
            throw new ShapeException($"{operation}: expected images [N, C, H, W], got {images.Shape}.");
        }

        classes = ClassScore.Classes(operation, network, images, classes);
        using (new EvaluationScope(network))
        {
            var (maps, scores) = ActivationCapture.OfImages(operation, network, images.Detach(), path);
            ClassScore.Sum(operation, scores, classes).Backward();
            return new(path, images, Weighted(maps.Detach(), maps.Gradient!), classes);
        }
    }

    /// <summary>The maps at the size of the images, [N, H, W], by bilinear interpolation.</summary>
    public Tensor Enlarged() => Bilinear.Resize(Maps, Inputs.Shape[2], Inputs.Shape[3]);

    /// <summary>Each image beside its map.</summary>
    public override Chart Chart() => GreyImages.Pairs(Inputs, Enlarged(), isSigned: false, Classes).WithTitle($"Grad-CAM at layer {Path}");

    private static Tensor Weighted(Tensor maps, Tensor gradient) => (gradient.MeanOver(2, 3) * maps).Sum(1).ReLU();
}
