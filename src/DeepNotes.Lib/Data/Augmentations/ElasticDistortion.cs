namespace DeepNotes;

/// <summary>
/// Displaces the pixels by a smooth random field: uniform displacements in [-1, 1), convolved with a Gaussian of standard
/// deviation σ, times α (Simard, Steinkraus, Platt 2003, "Best practices for convolutional neural networks applied to visual
/// document analysis", with σ = 4 and α = 34 for digits).
/// </summary>
/// <param name="alpha">α, the amplitude in pixels before smoothing.</param>
/// <param name="sigma">σ in pixels, the length scale of the displacements.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative α, or σ outside 0.1 … 100.</exception>
public sealed class ElasticDistortion(double alpha = 34, double sigma = 4) : ImageAugmentation
{
    private readonly double _alpha = Checked(nameof(ElasticDistortion), nameof(alpha), alpha, 0);
    private readonly double[] _kernel = GaussianKernel(Checked(nameof(ElasticDistortion), nameof(sigma), sigma, 0.1, 100));

    private protected override void Change(Image image, Generator generator)
    {
        var (height, width) = (image.Height, image.Width);
        var right = Field(generator, height, width);
        var down = Field(generator, height, width);
        image.Warp((x, y) => (x + right[y, x], y + down[y, x]));
    }

    private double[,] Field(Generator generator, int height, int width)
    {
        var field = new double[height, width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                field[y, x] = _alpha * (2 * generator.NextDouble() - 1);
        }

        return Blurred(Blurred(field, 1, 0), 0, 1);
    }

    /// <summary>Convolves the field with the kernel along one axis, with zero padding.</summary>
    private double[,] Blurred(double[,] field, int alongY, int alongX)
    {
        var (height, width) = (field.GetLength(0), field.GetLength(1));
        var (blurred, radius) = (new double[height, width], _kernel.Length / 2);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var i = -radius; i <= radius; i++)
                {
                    var (fromY, fromX) = (y + i * alongY, x + i * alongX);
                    if ((uint)fromY < (uint)height && (uint)fromX < (uint)width)
                        blurred[y, x] += _kernel[i + radius] * field[fromY, fromX];
                }
            }
        }

        return blurred;
    }

    /// <summary>A Gaussian sampled at whole pixels up to 3σ, normalised to sum 1.</summary>
    private static double[] GaussianKernel(double sigma)
    {
        var radius = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-radius, 2 * radius + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        return Array.ConvertAll(kernel, value => value / sum);
    }
}
