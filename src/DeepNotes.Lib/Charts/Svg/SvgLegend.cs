namespace DeepNotes;

/// <summary>The legend above the plot, in as many rows as the names need.</summary>
internal static class SvgLegend
{
    public const double RowHeight = 22;

    private const double KeyGap = 7;
    private const double EntryGap = 24;

    public static IReadOnlyList<IReadOnlyList<Trace>> Rows(IReadOnlyList<Trace> keys, double width)
    {
        var rows = new List<List<Trace>> { new() };
        var used = 0.0;
        foreach (var key in keys)
        {
            if (used > 0 && used + EntryWidth(key) - EntryGap > width)
            {
                rows.Add([]);
                used = 0;
            }
            rows[^1].Add(key);
            used += EntryWidth(key);
        }
        return rows;
    }

    public static void Draw(SvgCanvas canvas, IReadOnlyList<IReadOnlyList<Trace>> rows, Series series, double top)
    {
        foreach (var row in rows)
        {
            var left = Style.Margin;
            foreach (var key in row)
            {
                key.DrawKey(canvas, new(left, top, key.KeyWidth, RowHeight), series.StyleOf(key));
                canvas.Text(
                    left + key.KeyWidth + KeyGap, top + RowHeight / 2 + Style.LegendSize * 0.36,
                    key.Name ?? "", Style.LegendSize, Style.TextColor);
                left += EntryWidth(key);
            }
            top += RowHeight;
        }
    }

    /// <summary>The sample of a translucent area with an outline.</summary>
    public static void DrawArea(SvgCanvas canvas, Box box, TraceStyle style, double opacity)
    {
        var path = new SvgPath();
        path.Rect(new(box.Left, box.Top + (box.Height - box.Width) / 2, box.Width, box.Width));
        canvas.Fill(path, style.Color, opacity);
        canvas.Stroke(path, style.Color, Style.OutlineWidth, style.Dash.Svg);
    }

    private static double EntryWidth(Trace key) =>
        key.KeyWidth + KeyGap + TextMetrics.Width(key.Name ?? "", Style.LegendSize) + EntryGap;
}
