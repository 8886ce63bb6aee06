using System.Text.Json.Nodes;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>A grid of grey images, such as digits with the caption "7 → 2".</summary>
    /// <param name="images">Images of equal size in row-major order, 0 black to 1 white; values outside are clamped, NaN is black.</param>
    /// <param name="columns">The number of images in a row.</param>
    /// <param name="captions">A text above each image.</param>
    /// <param name="width">The width of an image in pixels; 0 for square images.</param>
    /// <exception cref="ArgumentException">
    /// There is no image, their lengths differ or are not a multiple of the width, or captions are too few or too many.
    /// </exception>
    public static Chart Images(IEnumerable<float[]> images, int columns = 10, IEnumerable<string>? captions = null, int width = 0) =>
        Of(new ImagesTrace(ImageTiles.Of(images, width), columns, captions?.ToArray()));

    /// <summary>A grid of grey images from one array.</summary>
    /// <param name="images">Images <c>[N, H, W]</c>, 0 black to 1 white; values outside are clamped, NaN is black.</param>
    /// <param name="columns">The number of images in a row.</param>
    /// <param name="captions">A text above each image.</param>
    /// <exception cref="ArgumentException">There is no pixel, or captions are too few or too many.</exception>
    public static Chart Images(float[,,] images, int columns = 10, IEnumerable<string>? captions = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var pixels = images.Cast<float>().ToArray();
        var (height, width) = (images.GetLength(1), images.GetLength(2));
        Require.NotEmpty("Chart.Images", "images", pixels.Length);
        return Of(new ImagesTrace(new([.. pixels.Chunk(height * width)], width, height), columns, captions?.ToArray()));
    }

    /// <summary>A grid of the images of a batch: in colour with three channels, grey with one.</summary>
    /// <param name="images">[N, 3, H, W] (red, green, blue) or [N, 1, H, W], 0 dark to 1 bright; values outside are clamped, NaN is 0.</param>
    /// <param name="columns">The number of images in a row.</param>
    /// <param name="captions">A text above each image.</param>
    /// <exception cref="ShapeException">The tensor is not [N, 1, H, W] or [N, 3, H, W], or is empty.</exception>
    /// <exception cref="ArgumentException">Captions are too few or too many.</exception>
    public static Chart Images(Tensor images, int columns = 10, IEnumerable<string>? captions = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Of(new ImagesTrace(ImageTiles.Of(images), columns, captions?.ToArray()));
    }
}

/// <summary>
/// A grid of images. Both renderings contain it as one PNG: forty MNIST digits with captions take 17 KB, a quarter of the size of
/// one number per pixel.
/// </summary>
internal sealed class ImagesTrace : Trace
{
    private const double CaptionFraction = 0.34;
    private const double GapFraction = 0.10;
    private const double TilePixels = 76;
    private const int Levels = 255;

    private readonly ImageTiles _images;
    private readonly string[]? _captions;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _gap;
    private readonly int _captionHeight;

    public ImagesTrace(ImageTiles images, int columns, string[]? captions)
        : base(null)
    {
        Check.AtLeast(1, columns, "Chart.Images");
        Require.SameLength("Chart.Images", "captions", captions?.Length ?? images.Pixels.Length, "images", images.Pixels.Length);
        (_images, _captions) = (images, captions);
        _columns = Math.Min(columns, images.Pixels.Length);
        _rows = (images.Pixels.Length + _columns - 1) / _columns;
        _gap = Math.Max(1, (int)Math.Round(images.Width * GapFraction));
        _captionHeight = captions is null ? 0 : Math.Max(1, (int)Math.Round(images.Width * CaptionFraction));
    }

    public override bool TakesStyle => false;

    public override double? Aspect => Height / (double)Width;

    public override double PreferredWidth => Math.Min(_columns * TilePixels, Style.FigureWidth - 2 * Style.Margin);

    public override bool YIsDown => true;

    public override bool HidesAxes => true;

    public override bool FillsPlot => true;

    private int Width => _columns * (_images.Width + _gap) - _gap;

    private int Height => _rows * (_images.Height + _gap + _captionHeight) - _gap;

    public override Extent XExtent(bool log) => new(0, Width, IsIntegral: true, IsTight: true);

    public override Extent YExtent(bool log) => new(0, Height, IsIntegral: true, IsTight: true);

    public override JsonObject ToPlotly(PlotlyContext context) => new()
    {
        ["type"] = "image",
        ["source"] = Picture(),
        ["x0"] = 0.5,
        ["y0"] = 0.5,
        ["hoverinfo"] = "skip",
    };

    public override IEnumerable<JsonObject> PlotlyAnnotations(PlotlyContext context) => (_captions ?? []).Select((caption, i) => new JsonObject
    {
        ["text"] = PlotlyText.Escape(caption),
        ["x"] = PlotlyNumbers.Number(Tile(i).X + _images.Width / 2.0),
        ["y"] = Tile(i).Y,
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
    });

    public override void Draw(SvgCanvas canvas, PlotArea area, TraceStyle style)
    {
        canvas.Image(area.Box, Picture());
        var unit = area.Box.Width / Width;
        var size = Math.Min(Style.TickSize, _captionHeight * unit * 0.72);
        foreach (var (i, caption) in (_captions ?? []).Index())
        {
            var (x, y) = Tile(i);
            var text = TextMetrics.Fit(caption, size, (_images.Width + _gap) * unit);
            canvas.Text(area.X(x + _images.Width / 2.0), area.Y(y) - size * 0.35, text, size, Style.TextColor, Anchor.Middle);
        }
    }

    public override string Summary(bool yIsLog)
    {
        const int mostCaptions = 10;
        var captions = _captions is null ? "" : ": " + string.Join(", ", _captions.Take(mostCaptions))
            + (_captions.Length > mostCaptions ? ", …" : "");
        return $"{ChartText.Count(_images.Pixels.Length, "picture")} of {_images.Height} × {_images.Width} pixels{captions}";
    }

    private (int X, int Y) Tile(int index) => (
        index % _columns * (_images.Width + _gap),
        index / _columns * (_images.Height + _gap + _captionHeight) + _captionHeight);

    private string Picture() => _images.Planes == 1 ? Grey() : InColor();

    private string Grey()
    {
        var indices = new byte[Width * Height];
        foreach (var (index, picture, pixel) in Indices())
        {
            indices[index] = (byte)(1 + Level(_images.Pixels[picture][pixel], Levels - 1));
        }
        var palette = new int[Levels + 1];
        for (var level = 1; level <= Levels; level++)
        {
            palette[level] = ColorRamp.Of(ColorScale.Grey).Rgb((level - 1) / (Levels - 1.0));
        }
        return Png.DataUri(indices, Width, palette);
    }

    private string InColor()
    {
        var colors = new int[Width * Height];
        var area = _images.Width * _images.Height;
        foreach (var (index, picture, pixel) in Indices())
        {
            int Channel(int plane) => Level(_images.Pixels[picture][plane * area + pixel], byte.MaxValue);
            colors[index] = byte.MaxValue << 24 | Channel(0) << 16 | Channel(1) << 8 | Channel(2);
        }
        return Png.DataUri(colors, Width);
    }

    /// <summary>The index in the grid of each pixel of each image.</summary>
    private IEnumerable<(int Index, int Picture, int Pixel)> Indices()
    {
        for (var i = 0; i < _images.Pixels.Length; i++)
        {
            var (left, top) = Tile(i);
            for (var p = 0; p < _images.Width * _images.Height; p++)
            {
                yield return ((top + p / _images.Width) * Width + left + p % _images.Width, i, p);
            }
        }
    }

    private static int Level(float value, int most) =>
        (int)Math.Round(float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1) * (double)most);
}
