namespace DeepNotes;

/// <summary>One forward pass, and what one layer gave in it; of a layer that runs several times, the last.</summary>
internal sealed record Glimpse(Tensor Inner, Tensor Output)
{
    public static Glimpse Of(string operation, Layer network, Tensor x, Layer layer)
    {
        NotEmpty(operation, x);
        Tensor? inner = null;
        using (Layer.Watch((seen, _, y) => inner = ReferenceEquals(seen, layer) ? y.RequireGradient() : inner))
        {
            var output = network.Forward(x);
            return new(inner ?? throw new InvalidOperationException($"{operation}: {layer} did not run."), output);
        }
    }

    /// <summary>As <see cref="Of"/>, of a layer that gives images [N, C, h, w].</summary>
    public static Glimpse OfImages(string operation, Layer network, Tensor x, string path)
    {
        var glimpse = Of(operation, network, x, LayerPath.Find(operation, network, path));
        return glimpse.Inner.Shape.Count == 4
            ? glimpse
            : throw new ShapeException($"{operation}: expected a layer that gives images [N, C, H, W], but layer \"{path}\" gives {glimpse.Inner.Shape}.");
    }

    public static void NotEmpty(string operation, Tensor x)
    {
        if (x.Length == 0)
        {
            throw new ShapeException($"{operation}: expected inputs of at least one value, got {x.Shape}.");
        }
    }
}
