using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>A cell's outputs as HTML: of each value's forms the one that reads best on a page.</summary>
/// <param name="cell">The cell that shows them.</param>
/// <param name="id">The cell's id in the page; begins every id inside.</param>
/// <param name="page">The page that they are for.</param>
internal sealed partial class OutputRenderer(NotebookCell cell, string id, OutputPlace page)
{
    private const int LongText = 24;
    private const int ShownOfLongText = 12;

    // Leaves Chinese readable and still escapes "<", so that no text can end the script element.
    private static readonly JsonSerializerOptions InPage = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // By what a reader gets of it; what is not here is shown as text, or noted.
    private static readonly string[] Pictures = [MimeBundle.Png, "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

    public string Render()
    {
        var html = new StringBuilder();
        foreach (var (index, output) in Joined(cell.Outputs).Index())
        {
            html.Append(output switch
            {
                StreamOutput stream => Text(stream.Text, stream.Name == "stderr" ? "stream stderr" : "stream"),
                DisplayOutput or ResultOutput => Value(NotebookFigures.Forms(output)!, $"{id}-{index}-"),
                ErrorOutput error => Error(error),
                UnknownOutput unknown => Missing($"output of the type {NotebookText.Join(unknown.Json["output_type"])}"),
                _ => "",
            });
        }

        return html.ToString();
    }

    // Clients save one stream in pieces.
    private static List<CellOutput> Joined(IReadOnlyList<CellOutput> outputs)
    {
        var joined = new List<CellOutput>();
        foreach (var output in outputs)
        {
            if (output is StreamOutput next && joined.LastOrDefault() is StreamOutput last && last.Name == next.Name)
            {
                joined[^1] = last with { Text = last.Text + next.Text };
            }
            else
            {
                joined.Add(output);
            }
        }

        return joined;
    }

    private string Value(MimeBundle data, string idPrefix)
    {
        var svg = data.Text(MimeBundle.Svg);
        var file = svg is null ? "" : Download(page.Figures.Add(cell.Id, svg));
        if (data.Forms.TryGetValue(MimeBundle.Plotly, out var json))
        {
            if (PlotlyFigure.Read(json) is { } figure)
            {
                if (PlotlyFigure.HasTransforms(figure))
                {
                    page.Note("a plotly figure has transforms, which plotly.js has no more: its data are shown as they are.");
                }

                return Chart(figure.ToJsonString(InPage), svg, data.Text(MimeBundle.PlainText), idPrefix) + Foot(file, FigureData.Render(figure));
            }

            page.Note("a plotly figure is not of the form { \"data\": …, \"layout\": … }; another form of it is shown.");
        }

        if (data.Text(MimeBundle.Html) is { } html)
        {
            return $"<div class=\"output html\">{page.Links.RewriteOutput(html)}</div>\n";
        }

        if (svg is not null)
        {
            return $"<figure class=\"output picture\">{SvgFace.Render(svg, idPrefix, page.Ids)}</figure>\n{Foot(file, "")}";
        }

        if (data.Text(MimeBundle.Latex) is { } latex)
        {
            return $"<div class=\"output\">{Formula.Display(latex.Trim().Trim('$'))}</div>\n";
        }

        return data.Text(MimeBundle.Markdown) is { } markdown
            ? $"<div class=\"output prose\">{page.Markdown(markdown, idPrefix)}</div>\n"
            : Picture(data) ?? Rest(data);
    }

    private string? Picture(MimeBundle data)
    {
        foreach (var type in Pictures.Where(data.Forms.ContainsKey))
        {
            if (PictureData.Read(data.Text(type)!) is { } picture)
            {
                var text = data.Text(MimeBundle.PlainText);
                return $"<figure class=\"output picture\"><img alt=\"{Html.Escape(text ?? "Picture")}\" src=\"{picture.Address}\"></figure>\n";
            }

            page.Note($"the data of {type} are no picture.");
        }

        return null;
    }

    // JSON before text: its text is often no more than the name of a type.
    private string Rest(MimeBundle data)
    {
        if (data.Forms.TryGetValue("application/json", out var json))
        {
            return Text(json.ToJsonString(Readable), "value");
        }

        var text = data.Text(MimeBundle.PlainText)
            ?? data.Forms.Keys.Where(type => type.StartsWith("text/", StringComparison.Ordinal) && type != "text/javascript").Select(data.Text).FirstOrDefault();
        var others = data.Forms.Keys.Where(type => !type.StartsWith("text/", StringComparison.Ordinal)).ToList();
        return (text is null ? "" : Text(text, "value")) + (others.Count > 0 || (text is null && data.Forms.Count > 0)
            ? Missing($"output of the type {string.Join(", ", others.Count > 0 ? others : data.Forms.Keys)}") : "");
    }

    // A sentence in the page and a line in the terminal.
    private string Missing(string what)
    {
        page.Note($"{what}: the book can't show it.");
        return $"<p class=\"output missing\">The notebook holds an {Html.Escape(what)}, which this page can’t show.</p>\n";
    }

    private static string Download(string path) =>
        $"<a class=\"figure-file\" href=\"{Address.OfFile(path)}\" download>{Html.Escape(path)}</a>\n";

    private static string Foot(string file, string table) =>
        file.Length + table.Length == 0 ? "" : $"<div class=\"figure-foot\">\n{file}{table}</div>\n";

    private string Chart(string json, string? svg, string? text, string idPrefix)
    {
        var label = svg is null ? text ?? "Chart" : SvgFace.Description(svg);
        var face = svg is null ? $"<p class=\"chart-text\">{Html.Escape(text ?? "")}</p>" : SvgFace.Render(svg, idPrefix, page.Ids);
        return $"""
            <figure class="output chart">
            <div class="chart-face">{face}</div>
            <div class="chart-live" role="img" aria-label="{Html.Escape(label)}"></div>
            <script type="application/json">{json}</script>
            </figure>

            """;
    }

    private static string Text(string text, string kind)
    {
        var lines = Ansi().Replace(text, "").TrimEnd('\n', '\r', ' ').ReplaceLineEndings("\n").Split('\n');
        if (lines is [""])
        {
            return "";
        }

        if (lines.Length <= LongText)
        {
            return Block(lines);
        }

        var rest = lines.Length - ShownOfLongText;
        return $"{Block(lines[..ShownOfLongText])}<details class=\"more\"><summary>{rest} more lines</summary>{Block(lines[ShownOfLongText..])}</details>\n";

        string Block(string[] part) => $"<pre class=\"output {kind}\">{Html.Escape(string.Join('\n', part))}</pre>\n";
    }

    private static string Error(ErrorOutput error)
    {
        var trace = Ansi().Replace(string.Join('\n', error.Trace), "").Trim();
        var details = trace.Length == 0 || trace == error.Message ? "" : $"<details><summary>Trace</summary><pre>{Html.Escape(trace)}</pre></details>";
        return $"<div class=\"output error\" role=\"note\"><p><strong>{Html.Escape(error.Name)}</strong></p><pre>{Html.Escape(Ansi().Replace(error.Message, ""))}</pre>{details}</div>\n";
    }

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Ansi();
}

/// <summary>What outputs need of the page that they stand in.</summary>
/// <param name="Ids">The page's ids.</param>
/// <param name="Figures">Takes the figures, which the page offers as files.</param>
/// <param name="Links">Takes pictures beside the notebook along.</param>
/// <param name="Markdown">Renders Markdown; the second argument begins every id inside.</param>
/// <param name="Note">Takes a line for the terminal.</param>
internal sealed record OutputPlace(
    PageIds Ids, FigureFiles Figures, ChapterLinks Links, Func<string, string, string> Markdown, Action<string> Note);
