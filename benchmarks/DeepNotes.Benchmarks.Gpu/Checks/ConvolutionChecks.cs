using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Checks of convolution and its gradients, unfold and fold, and max-pooling.</summary>
internal static class ConvolutionChecks
{
    public static IEnumerable<KernelCheck> All(Sizes sizes) => [.. sizes.Convolutions.Select(Convolution), .. sizes.Convolutions.Where(shape => shape.HasColumns).Select(Columns), .. sizes.Pools.Select(Pool)];

    private static KernelCheck Convolution(ConvolutionShape shape) => new($"{shape}", on =>
    {
        var filters = shape.Filters;
        var (xs, ws, ys) = (shape.Images.Elements, filters.Count * filters.WeightsEach, filters.Window.Images * filters.Count * filters.Window.Output.Area);
        var (x, w, y) = (on.Uniform(xs), on.Uniform(ws), on.New(ys));
        on.Backend.Convolve(x, w, filters, y);
        var (dy, dx, dw) = (on.Uniform(ys), on.New(xs), on.New(ws));
        on.Backend.ConvolveGradientInput(dy, w, filters, dx);
        on.Backend.ConvolveGradientWeight(x, dy, filters, dw);
        return [on.Read(nameof(IBackend.Convolve), y), on.Read(nameof(IBackend.ConvolveGradientInput), dx), on.Read(nameof(IBackend.ConvolveGradientWeight), dw)];
    }, KernelCheck.LongSums);

    private static KernelCheck Columns(ConvolutionShape shape) => new($"{shape}", on =>
    {
        var window = shape.Filters.Window;
        var columns = window.Images * window.Taps * window.Output.Area;
        var (x, y, dy, dx) = (on.Uniform(shape.Images.Elements), on.New(columns), on.Uniform(columns), on.New(shape.Images.Elements));
        on.Backend.Unfold(x, window, y);
        on.Backend.Fold(dy, window, dx);
        return [on.Read(nameof(IBackend.Unfold), y), on.Read(nameof(IBackend.Fold), dx)];
    });

    private static KernelCheck Pool(ConvolutionShape shape) => new($"{shape}", on =>
    {
        var window = shape.Filters.Window;
        var (xs, ys) = (shape.Images.Elements, window.Images * window.Channels * window.Output.Area);

        // Integers, so that windows have ties: the first maximum receives the gradient.
        var x = on.Of([.. Operands.Numbers(xs, -3, 3, seed: 1).Select(value => MathF.Round(value))]);
        var (y, dy, dx) = (on.New(ys), on.Uniform(ys), on.New(xs));
        on.Backend.MaxPool(x, window, y);
        on.Backend.MaxPoolGradient(x, y, dy, window, dx);
        return [on.Read(nameof(IBackend.MaxPool), y), on.Read(nameof(IBackend.MaxPoolGradient), dx)];
    });
}

/// <summary>The shape of a convolution of images [N, C, H, W].</summary>
internal sealed record ConvolutionShape(Shape Images, int Count, Size2D Kernel, int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1)
{
    public Filters Filters => new(Window.Over("check", Images, Kernel, Stride, Padding, Dilation), Count, Groups);

    /// <summary>Whether the unfolded images fit into one array.</summary>
    public bool HasColumns => (long)Images.Elements * Kernel.Area < 1 << 26;

    public override string ToString() =>
        $"{Images} by {Count} of {Kernel}{Mark("stride", Stride, 1)}{Mark("padding", Padding, 0)}{Mark("dilation", Dilation, 1)}{Mark("groups", Groups, 1)}";

    private static string Mark(string name, int value, int usual) => value == usual ? "" : $", {name} {value}";
}
