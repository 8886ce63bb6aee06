using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Renders a cell's outputs as HTML, each value in its most readable form.</summary>
/// <param name="cell">The id of the cell.</param>
/// <param name="outputs">Its outputs.</param>
/// <param name="id">The cell's id in the page; the prefix of every id inside.</param>
/// <param name="page">The context of the page.</param>
internal sealed class OutputRenderer(string cell, IReadOnlyList<CellOutput> outputs, string id, OutputPlace page)
{
    // A form that can't be truncated is in the page as a whole, or not at all. A page of Plotly.NET with its plotly.js has 5 MB.
    private const int MaxFormLength = 8 << 20;

    // Markup that is parsed takes 200 times its length in memory.
    private const int MaxMarkupLength = 256 << 10;

    private const int MaxLabelLength = 400;

    private const string Json = "application/json";

    // In order of preference; other types are shown as text, or reported.
    private static readonly string[] Pictures = [MimeBundle.Png, "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

    private readonly OutputText _text = new(page.Notebook);

    public string Render()
    {
        var html = new StringBuilder();
        foreach (var (index, output) in Joined(outputs).Index())
        {
            html.Append(output switch
            {
                StreamOutput stream => _text.Render(stream.Text, stream.Name == "stderr" ? "stream stderr" : "stream"),
                DisplayOutput or ResultOutput => Fitting(NotebookFigures.Forms(output)!, $"{id}-{index}-"),
                ErrorOutput error => Error(error),
                UnknownOutput unknown => Missing($"output of the type {NotebookText.Join(unknown.Json["output_type"])}"),
                _ => "",
            });
        }

        return html.ToString();
    }

    // Clients save one stream as several outputs.
    private static List<CellOutput> Joined(IReadOnlyList<CellOutput> outputs)
    {
        var joined = new List<CellOutput>();
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not StreamOutput stream)
            {
                joined.Add(outputs[i]);
                continue;
            }

            var pieces = outputs.Skip(i).TakeWhile(output => output is StreamOutput next && next.Name == stream.Name).Cast<StreamOutput>().ToArray();
            joined.Add(pieces.Length == 1 ? stream : stream with { Text = string.Concat(pieces.Select(piece => piece.Text)) });
            i += pieces.Length - 1;
        }

        return joined;
    }

    // Omits forms that are too large for the page; a link to the notebook replaces them.
    private string Fitting(MimeBundle data, string idPrefix)
    {
        var (kept, leftOut) = (new MimeBundle(), new StringBuilder());
        foreach (var (type, form) in data.Forms)
        {
            var length = IsCut(type) ? 0 : MimeBundle.IsJson(type) ? OutputText.Length(form) : data.Text(type)!.Length;
            if (length <= (type is MimeBundle.Markdown or MimeBundle.Latex ? MaxMarkupLength : MaxFormLength))
            {
                kept[type] = form;
                continue;
            }

            page.Note($"{type} of {OutputText.Size(length)}: too large for a page, which links to the notebook.");
            leftOut.Append(_text.LeftOut(type, length));
        }

        return Value(kept, idPrefix) + leftOut;
    }

    // Text is truncated, and an SVG is a separate file.
    private static bool IsCut(string type) => type is MimeBundle.PlainText or MimeBundle.Svg or Json;

    private string Value(MimeBundle data, string idPrefix)
    {
        var svg = data.Text(MimeBundle.Svg);
        var path = svg is null ? "" : page.Figures.Add(cell, svg);
        var file = path.Length == 0 ? "" : Download(path);
        if (Figure(data) is { } figure)
        {
            var number = page.Figures.Next(page.Ids);
            page.Figures.Draw(figure);
            return Chart(number, figure.ToJsonString(Html.InScript), svg is null ? null : SvgFace.OfFile(svg, path), Label(data) ?? "Chart", svg)
                + Foot(number, file, page.Tables.Add(number.Id, FigureData.Render(figure)));
        }

        if (data.Text(MimeBundle.Html) is { } html)
        {
            if (PlotlyHtml.NeedsNetwork(html))
            {
                page.Note("HTML that loads scripts from the network: offline, the page does not show it.");
            }

            return $"<div class=\"output html\">{page.Links.RewriteOutput(html)}</div>\n";
        }

        if (svg is not null)
        {
            var number = page.Figures.Next(page.Ids);
            return $"<figure class=\"output picture\" id=\"{number.Id}\">{SvgFace.OfFile(svg, path)}</figure>\n{Foot(number, file, "")}";
        }

        if (data.Text(MimeBundle.Latex) is { } latex)
        {
            return $"<div class=\"output\">{Formula.Display(latex.Trim().Trim('$'))}</div>\n";
        }

        return data.Text(MimeBundle.Markdown) is { } markdown
            ? $"<div class=\"output prose\">{page.Markdown(markdown, idPrefix)}</div>\n"
            : Picture(data) ?? Rest(data);
    }

    private JsonObject? Figure(MimeBundle data)
    {
        if (data.Forms.TryGetValue(MimeBundle.Plotly, out var json))
        {
            if (PlotlyFigure.Read(json) is { } figure)
            {
                if (PlotlyFigure.HasTransforms(figure))
                {
                    page.Note("a plotly figure has transforms, which plotly.js no longer supports: its data is shown untransformed.");
                }

                return figure;
            }

            page.Note("a plotly figure is not of the form { \"data\": …, \"layout\": … }; another form of it is shown.");
        }

        return data.Text(MimeBundle.Html) is { } html && PlotlyHtml.Read(html) is { } written ? PlotlyFigure.Read(written) : null;
    }

    private string? Picture(MimeBundle data)
    {
        foreach (var type in Pictures.Where(data.Forms.ContainsKey))
        {
            if (PictureData.Read(data.Text(type)!) is { } picture)
            {
                return $"<figure class=\"output picture\"><img alt=\"{Html.Escape(Label(data) ?? "Picture")}\" src=\"{picture.Address}\"></figure>\n";
            }

            page.Note($"the data of {type} is not a picture.");
        }

        return null;
    }

    // JSON before plain text, which is often only the name of a type.
    private string Rest(MimeBundle data)
    {
        if (data.Forms.TryGetValue(Json, out var json))
        {
            return _text.Render(json, "value");
        }

        var text = data.Text(MimeBundle.PlainText)
            ?? data.Forms.Keys.Where(type => type.StartsWith("text/", StringComparison.Ordinal) && type != "text/javascript").Select(data.Text).FirstOrDefault();
        var others = data.Forms.Keys.Where(type => !type.StartsWith("text/", StringComparison.Ordinal)).ToList();
        return (text is null ? "" : _text.Render(text, "value")) + (others.Count > 0 || (text is null && data.Forms.Count > 0)
            ? Missing($"output of the type {string.Join(", ", others.Count > 0 ? others : data.Forms.Keys)}") : "");
    }

    // Shown in the page and reported in the terminal.
    private string Missing(string what)
    {
        page.Note($"{what}: not supported by the book.");
        return $"<p class=\"output missing\">The notebook holds an {Html.Escape(what)}, which this page can’t show.</p>\n";
    }

    private static string Download(string path) =>
        $"<a class=\"figure-file\" href=\"{Address.OfFile(path)}\" download>{Html.Escape(path)}</a>\n";

    private static string Foot(NumberInPage number, string file, string table) =>
        $"<div class=\"figure-foot\">\n<a class=\"figure-number\" href=\"#{number.Id}\">Figure {number.Number}</a>\n{file}{table}</div>\n";

    // Read out by screen readers; truncated where the text is long.
    private static string? Label(MimeBundle data) =>
        data.Text(MimeBundle.PlainText) is { } text ? TerminalText.Plain(text.Length <= MaxLabelLength ? text : $"{text[..MaxLabelLength]} …") : null;

    private static string Chart(NumberInPage number, string json, string? face, string label, string? svg)
    {
        var description = svg is null ? label : SvgFace.Description(svg);
        return $"""
            <figure class="output chart" id="{number.Id}">
            <div class="chart-face">{face ?? $"<p class=\"chart-text\">{Html.Escape(label)}</p>"}</div>
            <div class="chart-live" role="img" aria-label="{Html.Escape(description)}"></div>
            <script type="application/json">{json}</script>
            </figure>

            """;
    }

    private string Error(ErrorOutput error)
    {
        var trace = string.Join('\n', error.Trace).Trim();
        var details = trace.Length == 0 || TerminalText.Plain(trace).Trim() == error.Message
            ? "" : $"<details><summary>Trace</summary>{_text.Unfolded(trace)}</details>";
        return $"<div class=\"output error\" role=\"note\"><p><strong>{Html.Escape(error.Name)}</strong></p>{_text.Unfolded(error.Message)}{details}</div>\n";
    }
}

/// <summary>The context of the page that outputs are rendered for.</summary>
/// <param name="Ids">The page's ids.</param>
/// <param name="Figures">Collects the figures, which the page offers as files.</param>
/// <param name="Tables">Collects the figures' data tables.</param>
/// <param name="Links">Publishes images beside the notebook.</param>
/// <param name="Markdown">Renders Markdown; the second argument is the prefix of every id inside.</param>
/// <param name="Note">Receives a line for the terminal.</param>
/// <param name="Notebook">The URL of the notebook, which holds the complete outputs.</param>
internal sealed record OutputPlace(
    PageIds Ids, FigureFiles Figures, FigureTables Tables, ChapterLinks Links, Func<string, string, string> Markdown, Action<string> Note, string Notebook);
