namespace DeepNotes;

/// <summary>The output of a forward pass, and that of one layer in it; if the layer runs several times, its last output.</summary>
internal sealed record ActivationCapture(Tensor Activation, Tensor Output)
{
    public static ActivationCapture Of(string operation, Layer network, Tensor x, Layer layer)
    {
        CheckNotEmpty(operation, x);
        Tensor? activation = null;
        using (Layer.Watch((seen, _, y) => activation = ReferenceEquals(seen, layer) ? y.RequireGradient() : activation))
        {
            var output = network.Forward(x);
            return new(activation ?? throw new InvalidOperationException($"{operation}: {layer} did not run."), output);
        }
    }

    /// <summary>As <see cref="Of"/>, for a layer whose output is images [N, C, h, w].</summary>
    public static ActivationCapture OfImages(string operation, Layer network, Tensor x, string path)
    {
        var capture = Of(operation, network, x, LayerPath.Find(operation, network, path));
        return capture.Activation.Shape.Count == 4
            ? capture
            : throw new ShapeException($"{operation}: expected a layer that gives images [N, C, H, W], but layer \"{path}\" gives {capture.Activation.Shape}.");
    }

    public static void CheckNotEmpty(string operation, Tensor x)
    {
        if (x.Length == 0)
        {
            throw new ShapeException($"{operation}: expected inputs of at least one value, got {x.Shape}.");
        }
    }
}
