namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>Fully connected layers as columns of circles with a line for each weight.</summary>
    /// <param name="sizes">The number of units in each layer, inputs first; of large layers, only a few units are shown.</param>
    /// <param name="labels">A text under each layer; by default its size.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers, or labels are too few or too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static Chart Network(IEnumerable<int> sizes, IEnumerable<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Of(NetworkDrawing.Traces([.. sizes], null, labels?.ToArray()));
    }

    /// <summary>
    /// The linear layers of a network as columns of circles; the width of a line is the magnitude of the weight, orange for
    /// positive and blue for negative.
    /// </summary>
    /// <param name="network">A network with <see cref="Linear"/> layers, whose inputs are as many as the outputs of the layer before.</param>
    /// <param name="labels">A text under the inputs and under the units of each layer; by default their number.</param>
    /// <exception cref="ArgumentException">The network has no linear layer, or labels are too few or too many.</exception>
    public static Chart Network(Sequential network, IEnumerable<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = network.OfType<Linear>().ToArray();
        if (layers.Length == 0)
        {
            throw new ArgumentException($"Chart.Network: expected a network with Linear layers, got {network}.", nameof(network));
        }
        return Of(NetworkDrawing.Traces(
            [layers[0].Inputs, .. layers.Select(layer => layer.Outputs)],
            [.. layers.Select(layer => Weights((Tensor)layer.Weight))], labels?.ToArray()));

        static double[,] Weights(Tensor weight) => weight.ToMatrix().ToArray();
    }
}

/// <summary>Layers as columns of circles.</summary>
internal static class NetworkDrawing
{
    private const int MaxUnits = 11;
    private const double ColumnWidth = 170;
    private const double RowHeight = 42;
    private const double Radius = 14;
    private const double LabelHeight = 34;
    private const double Margin = 50;

    private const int WidthSteps = 5;
    private const double ThinnestLine = 0.5;
    private const double ThickestLine = 4;

    private const string Positive = Palette.Vermilion;
    private const string Negative = Palette.Blue;

    /// <summary>The traces of the drawing. Weights are optional, [outputs, inputs] for each pair of layers.</summary>
    public static IEnumerable<Trace> Traces(int[] sizes, double[][,]? weights, string[]? labels)
    {
        const string operation = "Chart.Network";
        if (sizes.Length < 2)
        {
            throw new ArgumentException($"{operation}: expected two layers or more, got {sizes.Length}.", nameof(sizes));
        }
        foreach (var size in sizes)
        {
            Check.AtLeast(1, size, operation, nameof(sizes));
        }
        Require.SameLength(operation, "labels", labels?.Length ?? sizes.Length, "layers", sizes.Length);
        var rows = sizes.Max(size => Positions(size));
        var (width, height) = ((sizes.Length - 1) * ColumnWidth + 2 * Margin, rows * RowHeight + LabelHeight);
        var units = sizes.Select((size, layer) => Units(size, layer, rows)).ToArray();
        var edges = weights is null ? Plain(units) : Weighted(units, weights);
        foreach (var (lines, color, lineWidth, opacity) in edges)
        {
            yield return new EdgesTrace(width, height, lines, color, lineWidth, opacity);
        }
        yield return new OutlinesTrace(
            width, height, [.. units.SelectMany(layer => layer).Select(unit => OutlinesTrace.Circle(unit.X, unit.Y, Radius))],
            Style.ReferenceColor);
        var texts = sizes.Select((size, layer) => (X(layer), height - LabelHeight / 2, labels?[layer] ?? Count(size)))
            .Concat(sizes.Index().Where(layer => layer.Item > MaxUnits).Select(layer => (X(layer.Index), DotsY(rows), "⋮")));
        var kind = weights is null ? "" : ", weights as widths and signs of lines";
        yield return new TextsTrace(
            width, height, [.. texts], Style.TickSize, $"network, layers of {string.Join(", ", sizes)} units{kind}");
    }

    private static string Count(int size) => ChartText.Count(size, "unit");

    /// <summary>The number of positions in a column, for the units shown and the dots between them.</summary>
    private static int Positions(int size) => Math.Min(size, MaxUnits);

    private static double X(int layer) => Margin + layer * ColumnWidth;

    private static double Y(int position, int positions, int rows) => (position + 0.5 + (rows - positions) / 2.0) * RowHeight;

    /// <summary>The dots are at the last position but one.</summary>
    private static double DotsY(int rows) => Y(MaxUnits - 2, MaxUnits, rows);

    /// <summary>The units shown, with their indices: all, or the first ones and the last.</summary>
    private static (int Index, double X, double Y)[] Units(int size, int layer, int rows)
    {
        var positions = Positions(size);
        return [.. Enumerable.Range(0, positions)
            .Where(position => size <= MaxUnits || position != MaxUnits - 2)
            .Select(position => (size > MaxUnits && position == MaxUnits - 1 ? size - 1 : position, X(layer), Y(position, positions, rows)))];
    }

    private static IEnumerable<((double X, double Y)[][] Lines, string Color, double Width, double Opacity)> Plain(
        (int Index, double X, double Y)[][] units)
    {
        var lines = units.Zip(units.Skip(1), (from, to) => from.SelectMany(input => to.Select(output => Line(input, output))));
        return [([.. lines.SelectMany(line => line)], Style.ReferenceColor, 0.8, 0.6)];
    }

    /// <summary>Lines of the same sign and width are merged into one path: ten paths render faster than a thousand.</summary>
    private static IEnumerable<((double X, double Y)[][] Lines, string Color, double Width, double Opacity)> Weighted(
        (int Index, double X, double Y)[][] units, double[][,] weights)
    {
        var lines = weights.SelectMany((weight, layer) => units[layer].SelectMany(input => units[layer + 1].Select(output =>
            (Line: Line(input, output), Weight: weight[output.Index, input.Index])))).ToList();
        var largest = Math.Max(double.Epsilon, lines.Max(line => double.IsFinite(line.Weight) ? Math.Abs(line.Weight) : 0));
        return lines.Where(line => double.IsFinite(line.Weight))
            .GroupBy(line => (Step: (int)Math.Ceiling(Math.Abs(line.Weight) / largest * WidthSteps), IsPositive: line.Weight > 0))
            .Where(group => group.Key.Step > 0)
            .OrderBy(group => group.Key)
            .Select(group => (
                group.Select(line => line.Line).ToArray(), group.Key.IsPositive ? Positive : Negative,
                ThinnestLine + (ThickestLine - ThinnestLine) * (group.Key.Step - 1) / (WidthSteps - 1),
                0.25 + 0.6 * group.Key.Step / WidthSteps));
    }

    /// <summary>The line between the edges of two circles.</summary>
    private static (double X, double Y)[] Line((int, double X, double Y) from, (int, double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var fraction = Radius / Math.Sqrt(dx * dx + dy * dy);
        return [(from.X + dx * fraction, from.Y + dy * fraction), (to.X - dx * fraction, to.Y - dy * fraction)];
    }
}
