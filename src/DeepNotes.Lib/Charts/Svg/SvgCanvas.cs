using System.Text;

namespace DeepNotes;

/// <summary>The part of a text that is aligned to its position.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>
/// Writes an SVG document element by element, without style sheets, scripts or external files, so that it looks the same in a
/// page, in an image element and in print. Every id begins with the prefix of the figure.
/// </summary>
internal sealed class SvgCanvas(string idPrefix)
{
    private readonly StringBuilder _body = new();
    private readonly Dictionary<int, string> _stripes = [];
    private int _clips;

    public void Rect(Box box, string fill, double opacity = 1) =>
        Element(
            "rect", ("x", N(box.Left)), ("y", N(box.Top)), ("width", N(box.Width)), ("height", N(box.Height)),
            ("fill", fill), ("opacity", opacity < 1 ? N(opacity) : null));

    /// <summary>A rectangle with hatching.</summary>
    public void Rect(Box box, string fill, Hatch hatch)
    {
        Rect(box, fill);
        if (hatch.Angle is { } angle)
        {
            Rect(box, $"url(#{Stripes(angle)})", opacity: 0.5);
        }
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string? dash = null) =>
        Element(
            "line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)),
            ("stroke", color), ("stroke-width", N(width)), ("stroke-dasharray", dash));

    /// <summary>A path without fill.</summary>
    public void Stroke(SvgPath path, string color, double width, string? dash = null, bool isRound = false, double opacity = 1) =>
        Path(
            path, ("fill", "none"), ("stroke", color), ("stroke-width", N(width)),
            ("stroke-linejoin", "round"), ("stroke-linecap", isRound ? "round" : null), ("stroke-dasharray", dash),
            ("opacity", opacity < 1 ? N(opacity) : null));

    /// <summary>A filled path; sharp edges (<c>crispEdges</c>) prevent seams between adjacent paths.</summary>
    public void Fill(SvgPath path, string color, double opacity = 1, bool hasSharpEdges = false) =>
        Path(
            path, ("fill", color), ("opacity", opacity < 1 ? N(opacity) : null),
            ("shape-rendering", hasSharpEdges ? "crispEdges" : null));

    /// <summary>An image scaled to a box, without smoothing.</summary>
    public void Image(Box box, string dataUri) =>
        Element(
            "image", ("x", N(box.Left)), ("y", N(box.Top)), ("width", N(box.Width)), ("height", N(box.Height)),
            ("preserveAspectRatio", "none"), ("image-rendering", "pixelated"), ("href", dataUri));

    /// <summary>
    /// One line of text with its baseline at <paramref name="y"/>; a halo in the colour of the background keeps it legible over
    /// lines and heat maps.
    /// </summary>
    public void Text(
        double x, double y, string text, double size, string color,
        Anchor anchor = Anchor.Start, bool bold = false, double rotate = 0, bool hasHalo = false)
    {
        _body.Append("<text");
        Attributes(
            ("x", N(x)), ("y", N(y)), ("font-size", N(size)), ("fill", color),
            ("text-anchor", anchor switch { Anchor.Middle => "middle", Anchor.End => "end", _ => null }),
            ("font-weight", bold ? "bold" : null),
            ("stroke", hasHalo ? Style.Ground : null), ("stroke-width", hasHalo ? N(3) : null),
            ("stroke-linejoin", hasHalo ? "round" : null), ("paint-order", hasHalo ? "stroke" : null),
            ("transform", rotate == 0 ? null : $"rotate({N(rotate)} {N(x)} {N(y)})"));
        _body.Append('>').Append(SvgText.Escape(text)).Append("</text>\n");
    }

    /// <summary>Clips the following elements to the box, until <see cref="EndClip"/>.</summary>
    public void BeginClip(Box box)
    {
        var id = $"{idPrefix}-clip{++_clips}";
        _body.Append("<clipPath").Append($" id=\"{SvgText.Escape(id)}\">");
        Element("rect", ("x", N(box.Left)), ("y", N(box.Top)), ("width", N(box.Width)), ("height", N(box.Height)));
        _body.Append("</clipPath>\n<g").Append($" clip-path=\"url(#{SvgText.Escape(id)})\">\n");
    }

    public void EndClip() => _body.Append("</g>\n");

    /// <summary>The complete document with a white background and the alternative text.</summary>
    public string ToDocument(double width, double height, string title, string description)
    {
        var prefix = SvgText.Escape(idPrefix);
        var document = new StringBuilder();
        document.Append("<svg xmlns=\"http://www.w3.org/2000/svg\"")
            .Append($" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\"")
            .Append($" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\"")
            .Append($" font-family=\"{SvgText.Escape(Style.FontFamily)}\" style=\"max-width:100%;height:auto\">\n")
            .Append($"<title id=\"{prefix}-title\">{SvgText.Escape(title)}</title>\n")
            .Append($"<desc id=\"{prefix}-desc\">{SvgText.Escape(description)}</desc>\n")
            .Append($"<rect width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{Style.Ground}\"/>\n")
            .Append(_body)
            .Append("</svg>\n");
        return document.ToString();
    }

    /// <summary>The id of a pattern of stripes, which is defined at its first use.</summary>
    private string Stripes(int angle)
    {
        if (!_stripes.TryGetValue(angle, out var id))
        {
            const double apart = 7, width = 1.6;
            id = $"{idPrefix}-stripes{_stripes.Count + 1}";
            _stripes.Add(angle, id);
            _body.Append("<pattern").Append($" id=\"{SvgText.Escape(id)}\"");
            Attributes(
                ("width", N(apart)), ("height", N(apart)), ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", $"rotate({N(angle)})"));
            _body.Append('>');
            Line(apart / 2, 0, apart / 2, apart, Style.StripeColor, width);
            _body.Append("</pattern>\n");
        }
        return id;
    }

    private static string N(double value) => SvgNumber.Format(value);

    private void Path(SvgPath path, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (!path.IsEmpty)
        {
            Element("path", [("d", path.ToString()), .. attributes]);
        }
    }

    private void Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _body.Append('<').Append(name);
        Attributes(attributes);
        _body.Append("/>\n");
    }

    private void Attributes(params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _body.Append(' ').Append(name).Append("=\"").Append(value).Append('"');
            }
        }
    }
}
