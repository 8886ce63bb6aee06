namespace DeepNotes;

/// <summary>How much each input has to do with a class score.</summary>
/// <param name="Method">How it was found.</param>
/// <param name="Inputs">The samples, images [N, C, H, W] or others.</param>
/// <param name="Values">The gradient, or gradient·input, of the samples' shape.</param>
/// <param name="Classes">The class explained for each sample.</param>
/// <param name="IsSigned">Whether the sign says something: inputs that speak for the class, and against it.</param>
public sealed record Attribution(string Method, Tensor Inputs, Tensor Values, int[] Classes, bool IsSigned) : AnalysisResult
{
    /// <summary>Images as maps [N, H, W]: the sum over the channels if signed, else the largest magnitude; others as they are, or their magnitude.</summary>
    public Tensor Maps()
    {
        var values = IsSigned ? Values : Tensor.Maximum(Values, -Values);
        return values.Shape.Count != 4 ? values : IsSigned ? values.Sum(1) : values.Max(1);
    }

    /// <summary>Of images, each sample beside its map, black to white (signed: grey is 0); of others, a heat map with a row for each sample.</summary>
    public override Chart Chart() => Values.Shape.Count == 4
        ? GreyImages.Pairs(Inputs, Maps(), IsSigned, Classes).WithTitle(Method)
        : DeepNotes.Chart.Heatmap(
                Maps().Reshape(Classes.Length, -1), yLabels: Classes.Select((label, n) => $"{n}: class {label}"),
                scale: IsSigned ? ColorScale.Diverging : ColorScale.Sequential)
            .WithTitle(Method)
            .WithXAxis("input");
}
