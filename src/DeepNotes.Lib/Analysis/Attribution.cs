namespace DeepNotes;

/// <summary>How much each input contributes to a class score.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Inputs">The samples, images [N, C, H, W] or others.</param>
/// <param name="Values">The gradient, or gradient·input, of the samples' shape.</param>
/// <param name="Classes">The class explained for each sample.</param>
/// <param name="IsSigned">Whether the sign has a meaning: positive for inputs in favour of the class, negative for those against it.</param>
public sealed record Attribution(string Method, Tensor Inputs, Tensor Values, int[] Classes, bool IsSigned) : AnalysisResult
{
    /// <summary>For images, maps [N, H, W]: the sum over the channels if signed, else the largest magnitude. For other inputs, the values if signed, else their magnitudes.</summary>
    public Tensor Maps()
    {
        var values = IsSigned ? Values : Tensor.Maximum(Values, -Values);
        return values.Shape.Count != 4 ? values : IsSigned ? values.Sum(1) : values.Max(1);
    }

    /// <summary>For images, each sample beside its map, black to white (if signed, grey is 0); for other inputs, a heat map with a row per sample.</summary>
    public override Chart Chart() => Values.Shape.Count == 4
        ? GreyImages.Pairs(Inputs, Maps(), IsSigned, Classes).WithTitle(Method)
        : DeepNotes.Chart.Heatmap(
                Maps().Reshape(Classes.Length, -1), yLabels: Classes.Select((label, n) => $"{n}: class {label}"),
                scale: IsSigned ? ColorScale.Diverging : ColorScale.Sequential)
            .WithTitle(Method)
            .WithXAxis("input");
}
