using System.Text.Json.Nodes;

namespace DeepNotes;

/// <summary>Reads the traces of one pair of axes, or of one 3D scene.</summary>
/// <param name="x">Their x axis.</param>
/// <param name="y">Their y axis.</param>
/// <param name="labelsBars">Whether bars are at the categories of their traces; otherwise, at positions of the axis.</param>
/// <param name="isStacked">Whether bars are stacked.</param>
internal sealed class TraceReader(AxisReader x, AxisReader y, bool labelsBars, bool isStacked)
{
    private const int FewPoints = 20;
    private const int MaxTexts = 40;

    private readonly Dictionary<(double Place, bool IsBelowZero), double> _stacks = [];
    private (double[] X, double[] Y)? _previous;

    /// <summary>Reads a trace as one or several of ours; null for an unsupported kind.</summary>
    /// <exception cref="ArgumentException">The data of the trace are not supported.</exception>
    /// <exception cref="FormatException">The data of the trace are not supported.</exception>
    public IEnumerable<Trace>? Read(JsonObject json) => Kind(json) switch
    {
        "scatter" or "scattergl" when json["stackgroup"] is null => Scatter(json),
        "bar" when IsHorizontal(json) && isStacked => null,
        "bar" when IsHorizontal(json) => [new HorizontalBarTrace(Values(x, json, "x"), Values(y, json, "y"), Name(json)) { Given = Filled(json) }],
        "bar" when json["offset"] is not null && json["width"] is not null => [Bins(json)],
        "bar" => [Bar(json)],
        "histogram" when json["x"] is not null && json["y"] is null && !x.IsDate && x.Categories is null => [Histogram(json)],
        "box" when json["y"] is not null && !IsHorizontal(json) => [Box(json)],
        "heatmap" or "heatmapgl" => [Heatmap(json)],
        "contour" => [Contour(json)],
        "image" => [Picture(json)],
        "surface" => [Surface(json)],
        "scatter3d" when Mode(json, 0).Contains("lines", StringComparison.Ordinal) =>
            [new Line3DTrace(Coordinates.Of(Values(x, json, "x")), Values(y, json, "y"), Numbers(json["z"]), Name(json)) { Given = Stroked(json) }],
        _ => null,
    };

    public static string Kind(JsonObject json) => PlotlyValues.String(json["type"]) ?? "scatter";

    public static bool IsSpatial(JsonObject json) =>
        Kind(json) is "scatter3d" or "surface" or "mesh3d" or "cone" or "streamtube" or "volume" or "isosurface";

    /// <summary>Whether the trace is drawn in a pair of Cartesian axes.</summary>
    public static bool IsPlanar(JsonObject json) => Kind(json) is "scatter" or "scattergl" or "bar" or "box" or "violin" or "histogram"
        or "histogram2d" or "histogram2dcontour" or "heatmap" or "heatmapgl" or "contour" or "image" or "candlestick" or "ohlc"
        or "waterfall" or "funnel" or "pointcloud";

    public static bool IsBarOrBox(JsonObject json) => Kind(json) == "box" || (Kind(json) == "bar" && !IsHorizontal(json));

    public static bool IsHorizontal(JsonObject json) => PlotlyValues.String(json["orientation"]) == "h";

    /// <summary>What the drawing of a trace leaves out of it; null where it leaves out nothing.</summary>
    public static string? LeftOut(JsonObject json)
    {
        var isBar = Kind(json) == "bar";
        var colors = PlotlyValues.List(json["marker"]?["color"]);
        var values = Numbers(json[IsHorizontal(json) ? "x" : "y"]);
        (bool IsThere, string Name)[] parts =
        [
            (json["error_y"] is not null || json["error_x"] is not null, "error bars"),
            (HasSizes(json), "sizes of markers"),
            (colors is not null && isBar, "colours of single bars"),
            (colors is not null && !isBar && !colors.Select(PlotlyValues.Number).Any(double.IsFinite), "colours of single markers"),
            (isBar && HasTexts(json) && !TextsAreValues(json, values), "texts of bars"),
        ];
        var names = string.Join(", ", parts.Where(part => part.IsThere).Select(part => part.Name));
        return names.Length > 0 ? names : null;
    }

    private IEnumerable<Trace> Scatter(JsonObject json)
    {
        var (positions, values) = Points(json);
        var previous = _previous;
        _previous = (positions, values);
        var mode = Mode(json, values.Length);
        var (hasLines, hasMarkers) = (mode.Contains("lines", StringComparison.Ordinal), mode.Contains("markers", StringComparison.Ordinal));
        if (Area(json, positions, values, previous) is { } area)
        {
            yield return area;
            hasLines = false;
        }
        var texts = mode.Contains("text", StringComparison.Ordinal) ? Texts(json["text"], values.Length) : null;
        var marked = hasMarkers && PlotlyValues.List(json["marker"]?["size"]) is { } sizes ? Sized(sizes) : null;
        if (hasLines)
        {
            yield return new LineTrace(Horizontal(positions), values, Name(json), markers: hasMarkers && marked is null) { Given = Stroked(json) };
        }
        if ((hasMarkers && !hasLines) || marked is not null)
        {
            yield return Marks(json, positions, values, hasLines ? null : Name(json), hasLines ? null : texts, marked);
        }
        foreach (var note in texts is not null && (hasLines || !hasMarkers) ? Notes(positions, values, texts) : [])
        {
            yield return note;
        }
    }

    private ScatterTrace Marks(JsonObject json, double[] positions, double[] values, string? name, string[]? texts, int[]? marked)
    {
        var chosen = marked ?? [.. Enumerable.Range(0, values.Length)];
        var colors = PlotlyValues.List(json["marker"]?["color"])?.Select(PlotlyValues.Number).ToArray();
        colors = colors?.Length == values.Length && colors.Any(double.IsFinite) ? [.. chosen.Select(i => colors[i])] : null;
        return new(
            Horizontal([.. chosen.Select(i => positions[i])]), [.. chosen.Select(i => values[i])], name, texts is null ? null : [.. chosen.Select(i => texts[i])],
            colors, colors is null ? null : Key(json["marker"]!, "cmin", "cmax", colors, ColorScale.Vivid))
        {
            Given = Filled(json),
        };
    }

    private AreaTrace? Area(JsonObject json, double[] positions, double[] values, (double[] X, double[] Y)? previous)
    {
        const double opacity = 0.3;
        if (PlotlyValues.String(json["fill"]) is not ("toself" or "tozeroy" or "tonexty" or "tonext") || values.Length == 0)
        {
            return null;
        }
        var fill = PlotlyValues.String(json["fill"])!;
        var (edgeX, edgeY) = (fill, previous) switch
        {
            ("toself", _) or ("tonext", null) => ([], []),
            ("tozeroy", _) or ("tonexty", null) => (positions, new double[positions.Length]),
            _ => previous!.Value,
        };
        var color = PlotlyColor.Of(json["fillcolor"]);
        return new(
            Horizontal(positions), values, (Horizontal(edgeX), edgeY), fill, Name(json), color?.Opacity is { } given and < 1 ? given : opacity,
            hasLine: !Mode(json, values.Length).Contains("none", StringComparison.Ordinal) && PlotlyValues.Number(json["line"]?["width"]) != 0)
        {
            Given = new((color ?? PlotlyColor.Of(json["line"]?["color"]) ?? PlotlyColor.Of(json["marker"]?["color"]))?.Hex, Solid),
        };
    }

    private BarTrace Bar(JsonObject json)
    {
        var (positions, values) = Points(json);
        var labels = labelsBars && x.Categories is not null ? PlotlyValues.List(json["x"])?.Select(PlotlyValues.Text) : null;
        return new(
            labels is null ? Horizontal(positions) : Coordinates.Of(labels), values, Name(json), showValues: HasTexts(json) && TextsAreValues(json, values))
        {
            Given = Filled(json),
            Below = isStacked ? Stacked(positions, values) : null,
        };
    }

    /// <summary>The base of each bar of a stack: the end of the previous bars of the same sign.</summary>
    private double[] Stacked(double[] positions, double[] values)
    {
        var below = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            below[i] = _stacks.GetValueOrDefault((positions[i], values[i] < 0));
            _stacks[(positions[i], values[i] < 0)] = below[i] + Finite(values[i]);
        }
        return below;
    }

    /// <summary>Bars with given offset and width, such as those of a histogram.</summary>
    private HistogramTrace Bins(JsonObject json)
    {
        var (positions, heights) = Points(json);
        var start = positions.FirstOrDefault() + PlotlyValues.Number(json["offset"]);
        return new(new HistogramBins(start, PlotlyValues.Number(json["width"]), heights.Length), [.. heights.Select(Finite)], Name(json), mayBeCounts: true) { Given = Filled(json) };
    }

    private HistogramTrace Histogram(JsonObject json)
    {
        var values = Numbers(json["x"]);
        Require.NotEmpty("histogram", "x", values.Length);
        var bins = GivenBins(json["xbins"]) ?? HistogramBins.Of([values], (int)(PlotlyValues.FiniteNumber(json["nbinsx"]) ?? 0), range: null);
        var counts = bins.CountOf(values);
        var total = Math.Max(1, counts.Sum());
        var isDensity = PlotlyValues.String(json["histnorm"]) is "probability density";
        double Scaled(double count) => PlotlyValues.String(json["histnorm"]) switch
        {
            "probability" => count / total,
            "percent" => 100 * count / total,
            "density" => count / bins.Width,
            "probability density" => count / (total * bins.Width),
            _ => count,
        };
        double[] heights = [.. counts.Select(Scaled)];
        if (PlotlyValues.IsTrue(json["cumulative"]?["enabled"]))
        {
            for (var i = 1; i < heights.Length; i++)
            {
                heights[i] += heights[i - 1];
            }
            return new(bins, heights, Name(json), mayBeCounts: false) { Given = Filled(json) };
        }
        return isDensity || PlotlyValues.String(json["histnorm"]) is null or ""
            ? new(values, bins, Name(json), isDensity) { Given = Filled(json) }
            : new(bins, heights, Name(json), mayBeCounts: false) { Given = Filled(json) };
    }

    private static HistogramBins? GivenBins(JsonNode? json)
    {
        var (start, end, size) = (PlotlyValues.Number(json?["start"]), PlotlyValues.Number(json?["end"]), PlotlyValues.Number(json?["size"]));
        const int most = 10_000;
        return size > 0 && end > start && (end - start) / size < most ? new(start, size, (int)Math.Ceiling((end - start) / size - 1e-9)) : null;
    }

    private BoxTrace Box(JsonObject json)
    {
        if (json["q1"] is not null)
        {
            var (first, median, third) = (Numbers(json["q1"]), Numbers(json["median"]), Numbers(json["q3"]));
            var (lower, upper) = (json["lowerfence"] is null ? first : Numbers(json["lowerfence"]), json["upperfence"] is null ? third : Numbers(json["upperfence"]));
            var points = PlotlyValues.Rows(json["y"]);
            var names = Labels(json, first.Length);
            BoxSummary[] boxes = [.. first.Select((q1, i) => new BoxSummary(
                q1, median[i], third[i], lower[i], upper[i],
                [.. (points is null ? [] : points[i]).Select(PlotlyValues.Number).Where(double.IsFinite)]))];
            return new(Coordinates.Of(names), boxes, Name(json)) { Given = Outlined(json) };
        }
        var values = Numbers(json["y"]);
        var labels = json["x"] is null ? [.. Enumerable.Repeat(Name(json) ?? "", values.Length)] : Labels(json, values.Length);
        var groups = values.Zip(labels).GroupBy(pair => pair.Second, pair => pair.First).ToList();
        return new(Coordinates.Of(groups.Select(group => group.Key)), [.. groups.Select(group => group.ToArray())], Name(json)) { Given = Outlined(json) };
    }

    private HeatmapTrace Heatmap(JsonObject json)
    {
        var cells = Cells(json);
        var (columns, rows) = (Positions(x, json, "x", cells.Columns), Positions(y, json, "y", cells.Rows));
        var isMatrix = y.IsReversed && IsIndex(columns) && IsIndex(rows);
        return new(
            cells, isMatrix ? null : Coordinates.Of(columns), isMatrix ? null : Coordinates.Of(rows),
            isMatrix ? x.Labels?.ToArray() : null, isMatrix ? y.Labels?.ToArray() : null,
            annotate: json["texttemplate"] is not null, format: null, Scale(json["colorscale"], DefaultScale(cells)), Range(json, "zmin", "zmax"));
    }

    private ContourTrace Contour(JsonObject json)
    {
        var cells = Cells(json);
        var range = Range(json, "zmin", "zmax");
        var contours = json["contours"];
        var (lowest, highest) = range ?? (Extent.Of(cells.Values, positiveOnly: false) is var all ? (all.Min, all.Max) : default);
        var levels = PlotlyValues.FiniteNumber(contours?["size"]) is { } size and > 0 ? (highest - lowest) / size : PlotlyValues.FiniteNumber(json["ncontours"]) ?? 12;
        return new(
            "contour", cells, Coordinates.Of(Positions(x, json, "x", cells.Columns)), Coordinates.Of(Positions(y, json, "y", cells.Rows)),
            filled: PlotlyValues.String(contours?["coloring"]) is not ("lines" or "none"),
            levels: (int)Math.Clamp(Math.Round(levels), 1, 100), Scale(json["colorscale"], DefaultScale(cells)), range);
    }

    private SurfaceTrace Surface(JsonObject json)
    {
        var cells = Cells(json);
        return new(
            cells, Coordinates.Of(Positions(x, json, "x", cells.Columns)), Coordinates.Of(Positions(y, json, "y", cells.Rows)),
            Scale(json["colorscale"], DefaultScale(cells)), Range(json, "cmin", "cmax"));
    }

    private static PictureTrace Picture(JsonObject json)
    {
        var (left, top) = ((PlotlyValues.FiniteNumber(json["x0"]) ?? 0) - 0.5, (PlotlyValues.FiniteNumber(json["y0"]) ?? 0) - 0.5);
        if (PlotlyValues.String(json["source"]) is { } source)
        {
            var (width, height) = Png.Size(source) ?? throw new FormatException("expected a PNG");
            return new(source, width, height, left, top);
        }
        var rows = PlotlyValues.Rows(json["z"]) ?? throw new FormatException("expected pixels in z");
        var opaque = PlotlyValues.String(json["colormodel"]) is not ("rgba" or "rgba256");
        var colors = rows.SelectMany(row => row).Select(pixel => Argb(PlotlyValues.List(pixel) ?? [], opaque)).ToArray();
        return colors.Length == rows.Length * rows[0].Length && colors.Length > 0
            ? new(Png.DataUri(colors, rows[0].Length), rows[0].Length, rows.Length, left, top)
            : throw new FormatException("expected rows of equal length");
    }

    private static int Argb(JsonNode?[] channels, bool opaque)
    {
        int Channel(int index) => index < channels.Length ? (int)Math.Clamp(Finite(PlotlyValues.Number(channels[index])), 0, 255) : 0;
        var alpha = opaque ? 255 : (int)Math.Round(255 * Math.Clamp(Finite(PlotlyValues.Number(channels.ElementAtOrDefault(3))), 0, 1));
        return alpha << 24 | Channel(0) << 16 | Channel(1) << 8 | Channel(2);
    }

    private (double[] X, double[] Y) Points(JsonObject json)
    {
        var values = Values(y, json, "y");
        var positions = Values(x, json, "x");
        if (json["x"] is null)
        {
            positions = Spaced(json, "x", values.Length);
        }
        else if (json["y"] is null)
        {
            values = Spaced(json, "y", positions.Length);
        }
        var count = Math.Min(positions.Length, values.Length);
        return (positions[..count], values[..count]);
    }

    private Coordinates Horizontal(double[] positions) => x.IsDate ? Coordinates.OfDates(positions) : Coordinates.Of(positions);

    private static HeatmapCells Cells(JsonObject json)
    {
        var rows = PlotlyValues.Rows(json["z"]) ?? throw new FormatException("expected rows of numbers in z");
        var cells = HeatmapCells.Of(rows.Select(row => row.Select(PlotlyValues.Number).ToArray()));
        return !PlotlyValues.IsTrue(json["transpose"]) ? cells : new(
            [.. Enumerable.Range(0, cells.Values.Length).Select(i => cells.Values[i % cells.Rows * cells.Columns + i / cells.Rows])], cells.Columns, cells.Rows);
    }

    private static double[] Positions(AxisReader axis, JsonObject json, string name, int count) =>
        PlotlyValues.List(json[name]) is not { Length: > 0 } given ? Spaced(json, name, count)
        : PlotlyValues.Rows(json[name]) is null ? axis.Numbers(given)
        : throw new FormatException($"expected a list of numbers in {name}");

    private static double[] Spaced(JsonObject json, string name, int count) => [.. Enumerable.Range(0, count).Select(i =>
        (PlotlyValues.FiniteNumber(json[name + "0"]) ?? 0) + i * (PlotlyValues.FiniteNumber(json["d" + name]) ?? 1))];

    private static double[] Values(AxisReader axis, JsonObject json, string name) => axis.Numbers(PlotlyValues.List(json[name]) ?? []);

    private static double[] Numbers(JsonNode? node) => [.. (PlotlyValues.List(node) ?? []).Select(PlotlyValues.Number)];

    private string[] Labels(JsonObject json, int count) => PlotlyValues.List(json["x"]) is { } given
        ? [.. given.Select(PlotlyValues.Text)]
        : [.. Enumerable.Range(0, count).Select(i => x.Labels?.ElementAtOrDefault(i) ?? $"{i}")];

    private static string[]? Texts(JsonNode? node, int count) =>
        PlotlyValues.List(node) is { } list ? [.. list.Select(PlotlyValues.Text).Concat(Enumerable.Repeat("", count)).Take(count)]
        : node is null ? null : [.. Enumerable.Repeat(PlotlyValues.Text(node), count)];

    private IEnumerable<Trace> Notes(double[] positions, double[] values, string[] texts) => Enumerable.Range(0, Math.Min(MaxTexts, texts.Length))
        .Where(i => texts[i].Length > 0 && double.IsFinite(positions[i] + values[i]))
        .Select(i => new AnnotationTrace(positions[i], values[i], texts[i], hasArrow: false, (0, 0), x.IsDate));

    private static bool HasSizes(JsonObject json) => Mode(json, 0).Contains("markers", StringComparison.Ordinal)
        && (PlotlyValues.List(json["marker"]?["size"]) ?? []).Select(PlotlyValues.Number).Where(size => size > 0).Distinct().Count() > 1;

    private static bool HasTexts(JsonObject json) => json["text"] is not null && PlotlyValues.String(json["textposition"]) is not (null or "none");

    /// <summary>Each text is the number that the bar shows, perhaps rounded.</summary>
    private static bool TextsAreValues(JsonObject json, double[] values)
    {
        const double rounding = 0.05;
        return Numbers(json["text"]) is var texts && texts.Length == values.Length
            && texts.Zip(values).All(pair => !double.IsFinite(pair.Second) || Math.Abs(pair.First - pair.Second) <= rounding * Math.Abs(pair.Second));
    }

    private static int[] Sized(JsonNode?[] sizes) => [.. Enumerable.Range(0, sizes.Length).Where(i => PlotlyValues.Number(sizes[i]) > 0)];

    private static string? Name(JsonObject json) => PlotlyValues.Text(json["name"]) is { Length: > 0 } name ? name : null;

    private static string Mode(JsonObject json, int count) =>
        PlotlyValues.String(json["mode"]) ?? (count < FewPoints ? "lines+markers" : "lines");

    private static Dash Solid => Palette.DashOf("solid")!.Value;

    private static GivenStyle Stroked(JsonObject json)
    {
        var line = json["line"];
        var color = PlotlyColor.Of(line?["color"]) ?? PlotlyColor.Of(json["marker"]?["color"]);
        return new(
            color?.Hex, Palette.DashOf(PlotlyValues.String(line?["dash"])) ?? Solid, Palette.MarkerOf(PlotlyValues.String(json["marker"]?["symbol"])),
            PlotlyValues.FiniteNumber(line?["width"]), color?.Opacity);
    }

    private static GivenStyle Filled(JsonObject json) =>
        new(PlotlyColor.Of(json["marker"]?["color"])?.Hex, Marker: Palette.MarkerOf(PlotlyValues.String(json["marker"]?["symbol"])));

    private static GivenStyle Outlined(JsonObject json) => new((PlotlyColor.Of(json["line"]?["color"]) ?? PlotlyColor.Of(json["marker"]?["color"]))?.Hex);

    private static ColorKey Key(JsonNode json, string least, string greatest, double[] values, ColorScale otherwise)
    {
        var scale = Scale(json["colorscale"], otherwise);
        return Range(json, least, greatest) is var (min, max) ? new(scale, min, max) : ColorKey.Over(values, scale);
    }

    private static (double Min, double Max)? Range(JsonNode json, string least, string greatest) =>
        PlotlyValues.FiniteNumber(json[least]) is { } min && PlotlyValues.FiniteNumber(json[greatest]) is { } max && min < max ? (min, max) : null;

    /// <summary>Without a scale plotly.js uses a diverging one for numbers of both signs.</summary>
    private static ColorScale DefaultScale(HeatmapCells cells) =>
        Extent.Of(cells.Values, positiveOnly: false) is { Min: < 0, Max: > 0 } ? ColorScale.Diverging : ColorScale.Sequential;

    /// <summary>Our scale with the same colours, or else the nearest substitute.</summary>
    private static ColorScale Scale(JsonNode? json, ColorScale otherwise)
    {
        if (PlotlyValues.String(json) is { } name)
        {
            return name.ToLowerInvariant() switch
            {
                "greys" or "greys_r" or "gray" => ColorScale.Grey,
                "rdbu" or "rdbu_r" or "picnic" or "portland" => ColorScale.Diverging,
                "viridis" or "jet" or "rainbow" or "electric" => ColorScale.Vivid,
                _ => otherwise,
            };
        }
        var stops = (PlotlyValues.Rows(json) ?? []).Select(stop => PlotlyColor.Of(stop.ElementAtOrDefault(1))?.Hex).ToList();
        var same = Enum.GetValues<ColorScale>().Where(scale => ColorRamp.Of(scale).Stops.Select(stop => stop.Color).SequenceEqual(stops));
        return same.Any() ? same.First() : otherwise;
    }

    private static bool IsIndex(double[] positions) => positions.Index().All(position => position.Item == position.Index);

    private static double Finite(double number) => double.IsFinite(number) ? number : 0;
}
