namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>
    /// The recorded computational graph of a tensor: inputs on top, operations below with the shapes of their results. Draw it
    /// before <see cref="Tensor.Backward(bool, bool)"/>, which releases the record.
    /// </summary>
    /// <param name="result">The end of the graph, such as a loss.</param>
    /// <param name="names">Names of tensors, such as <c>(weight, "W")</c>; inputs without a name are labelled by their shape.</param>
    /// <param name="hidden">Inputs to omit, such as γ and β of a layer, for a narrower drawing.</param>
    /// <exception cref="ArgumentException">
    /// The tensor was not recorded, its record was released, or the graph is too large to be read.
    /// </exception>
    public static Chart Graph(Tensor result, IEnumerable<(Tensor Tensor, string Name)>? names = null, IEnumerable<Tensor>? hidden = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(GraphDrawing.Traces(result, [.. names ?? []], [.. hidden ?? []]));
    }
}

/// <summary>Recorded operations as boxes with arrows.</summary>
internal static class GraphDrawing
{
    private const int MaxNodes = 80;
    private const double BoxHeight = 40;
    private const double RowHeight = 74;
    private const double Padding = 20;
    private const double Margin = 12;
    private const double NarrowestDrawing = 260;
    private const double LineOffset = 8;

    private const string OperationColor = Palette.Blue;
    private const string TrainedColor = Palette.Vermilion;
    private const string DataColor = Palette.Grey;

    public static IEnumerable<Trace> Traces(Tensor result, (Tensor Tensor, string Name)[] names, Tensor[] hidden)
    {
        var tensors = Tensors(result, hidden);
        var index = tensors.Index().ToDictionary(node => node.Item, node => node.Index);
        var edges = tensors.Index().SelectMany(node => (node.Item.Source?.Inputs ?? [])
            .Where(index.ContainsKey).Select(input => (From: index[input], To: node.Index))).Distinct().ToArray();
        var lines = tensors.Select(tensor => Lines(tensor, names)).ToArray();
        var widths = lines.Select(text => text.Max(line => TextMetrics.Width(line, Style.LabelSize)) + Padding).ToArray();
        var layout = new LayeredLayout(widths, edges);
        var width = Math.Max(NarrowestDrawing, layout.Width + 2 * Margin);
        var height = (layout.RowCount - 1) * RowHeight + BoxHeight + 2 * Margin;
        (double X, double Y) Place(int node) => (
            layout.At(node).X + (width - layout.Width) / 2, Margin + BoxHeight / 2 + layout.At(node).Row * RowHeight);

        yield return new EdgesTrace(width, height, [.. layout.Paths.Select(path => Edge(path, Place))], Style.ReferenceColor, 1.4, hasHeads: true);
        foreach (var group in tensors.Index().GroupBy(node => Color(node.Item)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return new OutlinesTrace(width, height, [.. group.Select(node =>
                OutlinesTrace.Box(Place(node.Index).X, Place(node.Index).Y, widths[node.Index], BoxHeight))], group.Key);
        }
        var texts = lines.Index().SelectMany(node => node.Item.Select((line, i) =>
            (Place(node.Index).X, Place(node.Index).Y + (i - (node.Item.Length - 1) / 2.0) * 2 * LineOffset, line)));
        yield return new TextsTrace(width, height, [.. texts], Style.LabelSize, Summary(tensors));
    }

    /// <summary>All tensors of the graph in topological order.</summary>
    private static List<Tensor> Tensors(Tensor result, Tensor[] hidden)
    {
        if (result.Source is not { Inputs.Count: > 0 })
        {
            throw new ArgumentException(
                "Chart.Graph: expected the result of recorded operations, got "
                + (result.Source is null ? "a tensor without a record; compute it from a tensor that requires a gradient."
                    : "one whose record was released; draw it before Backward(), or keep the tape with Backward(keepTape: true)."), nameof(result));
        }
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(hidden.Where(tensor => tensor.Source is null), ReferenceEqualityComparer.Instance);
        var stack = new Stack<(Tensor Tensor, bool IsDone)>([(result, false)]);
        while (stack.TryPop(out var top))
        {
            if (top.IsDone)
            {
                order.Add(top.Tensor);
            }
            else if (seen.Add(top.Tensor))
            {
                stack.Push((top.Tensor, true));
                foreach (var input in (top.Tensor.Source?.Inputs ?? []).Reverse())
                {
                    stack.Push((input, false));
                }
            }
        }
        return order.Count <= MaxNodes ? order : throw new ArgumentException(
            $"Chart.Graph: expected at most {MaxNodes} tensors, got {order.Count}. Draw one layer or one step of it.", nameof(result));
    }

    private static string[] Lines(Tensor tensor, (Tensor Tensor, string Name)[] names)
    {
        var name = names.FirstOrDefault(pair => ReferenceEquals(pair.Tensor, tensor)).Name;
        var shape = tensor.Shape.Count == 0 ? "scalar" : tensor.Shape.ToString();
        return (tensor.Source?.Name, name) switch
        {
            ({ } operation, { } given) => [$"{given} = {operation}", shape],
            ({ } operation, null) => [operation, shape],
            (null, { } given) => [given, shape],
            _ => [shape],
        };
    }

    private static string Color(Tensor tensor) =>
        tensor.Source is not null ? OperationColor : tensor.RequiresGradient ? TrainedColor : DataColor;

    /// <summary>The points of an edge, from the bottom of one box to the top of another.</summary>
    private static (double X, double Y)[] Edge(int[] path, Func<int, (double X, double Y)> position)
    {
        var points = path.Select(position).ToArray();
        points[0].Y += BoxHeight / 2;
        points[^1].Y -= BoxHeight / 2 + 1;
        return points;
    }

    private static string Summary(List<Tensor> tensors)
    {
        var operations = tensors.Where(tensor => tensor.Source is not null).Select(tensor => tensor.Source!.Name).ToList();
        return $"computational graph, {ChartText.Count(tensors.Count - operations.Count, "input")}, "
            + $"{ChartText.Count(operations.Count, "operation")}: {string.Join(", ", operations)}";
    }
}
