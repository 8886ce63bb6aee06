using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// A convolution without shared weights: each position of the output has its own kernels (LeCun 1989; Taigman et al. 2014,
/// "DeepFace"). y[n, f, i, j] = b[f, i, j] + Σ x[n, c, i·s + p - top, j·s + q - left]·W[i, j, f, c, p, q], for images of one
/// size. Gradients: dW at a position is dy there times what it saw, summed over the images; dx adds up dy·W over the positions that
/// saw a value. AlexNet's first layer has 34,944 parameters as a convolution and 105,705,600 in this form.
/// </summary>
public sealed class LocallyConnected2d : Layer, IWindowed
{
    private readonly Size2D _image;
    private readonly Window _window;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="image">Height and width of x, which determine the positions.</param>
    /// <param name="kernel">Height and width of the kernels.</param>
    /// <param name="stride">The step from one position to the next; 1 unless given.</param>
    /// <param name="padding">The padding around the image; none unless given.</param>
    /// <param name="bias">Whether a bias b is added.</param>
    /// <param name="initializer">The initializer of the kernels [outputs, inputs, KH, KW] of each position; U(±1/√fanIn) unless given.</param>
    /// <param name="seed">Fixes W and b; the next of <see cref="Seeds"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive.</exception>
    /// <exception cref="ShapeException">The kernel is larger than the padded image.</exception>
    public LocallyConnected2d(
        int inputs, int outputs, Size2D image, Size2D kernel, Size2D? stride = null, Padding padding = default, bool bias = true,
        Initializer? initializer = null, ulong? seed = null)
    {
        (Inputs, Outputs) = (Check.AtLeast(1, inputs, nameof(LocallyConnected2d)), Check.AtLeast(1, outputs, nameof(LocallyConnected2d)));
        _image = image.Positive(nameof(LocallyConnected2d), nameof(image));
        Kernel = kernel.Positive(nameof(LocallyConnected2d), nameof(kernel));
        Stride = (stride ?? 1).Positive(nameof(LocallyConnected2d), nameof(stride));
        padding.NotNegative(nameof(LocallyConnected2d), nameof(padding));
        _window = Window.Over(nameof(LocallyConnected2d), [1, inputs, image.Height, image.Width], Kernel, Stride, padding, 1);
        var (generator, output) = (new Generator(seed ?? Seeds.Next()), _window.Output);
        Weight = new Parameter(
            [output.Height, output.Width, outputs, inputs, kernel.Height, kernel.Width], AtEachPlace(initializer ?? Initializers.FanIn), generator.NextBits());
        Bias = bias
            ? new Parameter([outputs, output.Height, output.Width], Initializers.UniformWithin(1 / MathF.Sqrt(inputs * kernel.Area)), generator.NextBits())
            : null;
    }

    /// <summary>A layer initialised with copies of these weights.</summary>
    /// <param name="weight">W [OH, OW, outputs, inputs, KH, KW].</param>
    /// <param name="bias">b [outputs, OH, OW]; none unless given.</param>
    /// <param name="image">Height and width of x.</param>
    /// <param name="stride">The step from one position to the next; 1 unless given.</param>
    /// <param name="padding">The padding around the image; none unless given.</param>
    /// <exception cref="ShapeException">W does not have six axes, or is not for the positions of such images, or b does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size that is not positive.</exception>
    public static LocallyConnected2d From(Tensor weight, Tensor? bias, Size2D image, Size2D? stride = null, Padding padding = default)
    {
        var shape = InitialValues.ShapeOf(weight, "LocallyConnected2d.From", "Weight [OH, OW, outputs, inputs, KH, KW]");
        return new LocallyConnected2d(shape[3], shape[2], image, (shape[4], shape[5]), stride, padding, bias is not null, seed: 0).Holding(weight, bias);
    }

    /// <summary>Channels of x.</summary>
    public int Inputs { get; }

    /// <summary>Channels of y.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    public Size2D Kernel { get; }

    /// <inheritdoc/>
    public Size2D Stride { get; }

    /// <inheritdoc/>
    public Size2D Dilation => 1;

    /// <summary>W [OH, OW, outputs, inputs, KH, KW].</summary>
    public Parameter Weight { get; }

    /// <summary>b [outputs, OH, OW], or null.</summary>
    public Parameter? Bias { get; }

    // At each position, W [outputs, taps] times what it sees of all images, [taps, N].
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Shape.Count != 4 || x.Shape.Without(0) != [Inputs, _image.Height, _image.Width] || x.Length == 0)
        {
            throw new ShapeException($"{this}: expected at least one image [N, {Inputs}, {_image.Height}, {_image.Width}], got {x.Shape}.");
        }

        var (n, output) = (x.Shape[0], _window.Output);
        var seen = x.Unfold(_window with { Images = n }).Permute(2, 1, 0);
        var y = Weight.Value.Reshape(output.Area, Outputs, -1).MatMul(seen).Permute(2, 1, 0).Reshape(n, Outputs, output.Height, output.Width);
        return Bias is null ? y : y + Bias.Value;
    }

    private static Initializer AtEachPlace(Initializer initializer) => (shape, generator) =>
    {
        Shape kernels = [.. shape.Skip(2)];
        var values = new float[shape.Elements];
        for (var start = 0; start < values.Length; start += kernels.Elements)
        {
            initializer(kernels, generator).CopyTo(values, start);
        }

        return values;
    };

    /// <inheritdoc/>
    public override string ToString() => $"LocallyConnected2d({Inputs}→{Outputs}, {Kernel} on {_image}{(Stride == 1 ? "" : $", stride {Stride}")})";
}
