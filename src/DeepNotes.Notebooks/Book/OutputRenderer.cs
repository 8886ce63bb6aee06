using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>A cell's outputs as HTML: of each value's forms the one that reads best on a page.</summary>
internal static partial class OutputRenderer
{
    private const int LongText = 24;
    private const int ShownOfLongText = 12;

    // Leaves Chinese readable and still escapes "<", so that no text can end the script element.
    private static readonly JsonSerializerOptions InPage = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="outputs">What the cell showed.</param>
    /// <param name="idPrefix">Begins every id inside, so that ids stay unique in the page.</param>
    /// <param name="figures">Takes the figures, which the page offers as files.</param>
    public static string Render(IReadOnlyList<CellOutput> outputs, string idPrefix, FigureFiles figures)
    {
        var html = new StringBuilder();
        foreach (var (index, output) in Joined(outputs).Index())
        {
            html.Append(output switch
            {
                StreamOutput stream => Text(stream.Text, stream.Name == "stderr" ? "stream stderr" : "stream"),
                DisplayOutput display => Value(display.Data, $"{idPrefix}-{index}-", figures),
                ResultOutput result => Value(result.Data, $"{idPrefix}-{index}-", figures),
                ErrorOutput error => Error(error),
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

    private static string Value(MimeBundle data, string idPrefix, FigureFiles figures)
    {
        var svg = data.Text(MimeBundle.Svg);
        var file = svg is null ? "" : Download(figures.Add(svg));
        if (data.Forms.TryGetValue(MimeBundle.Plotly, out var figure))
        {
            return Chart(figure.ToJsonString(InPage), svg, data.Text(MimeBundle.PlainText), idPrefix) + Foot(file, FigureData.Render(figure));
        }

        if (data.Text(MimeBundle.Html) is { } html)
        {
            return $"<div class=\"output html\">{html}</div>\n";
        }

        if (svg is not null)
        {
            return $"<figure class=\"output picture\">{SvgFace.Render(svg, idPrefix)}</figure>\n{Foot(file, "")}";
        }

        if (data.Text(MimeBundle.Latex) is { } latex)
        {
            return $"<div class=\"output\">{Formula.Display(latex.Trim().Trim('$'))}</div>\n";
        }

        if (data.Text(MimeBundle.Markdown) is { } markdown)
        {
            return $"<div class=\"output prose\">{MarkdownDialect.Render(MarkdownDialect.Parse(markdown))}</div>\n";
        }

        var text = data.Text(MimeBundle.PlainText);
        return data.Text(MimeBundle.Png) is { } png
            ? $"<figure class=\"output picture\"><img alt=\"{Html.Escape(text ?? "Picture")}\" src=\"data:image/png;base64,{Base64Only(png)}\"></figure>\n"
            : text is null ? "" : Text(text, "value");
    }

    private static string Download(string path) =>
        $"<a class=\"figure-file\" href=\"{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}\" download>{Html.Escape(path)}</a>\n";

    private static string Foot(string file, string table) =>
        file.Length + table.Length == 0 ? "" : $"<div class=\"figure-foot\">\n{file}{table}</div>\n";

    private static string Chart(string json, string? svg, string? text, string idPrefix)
    {
        var label = svg is null ? text ?? "Chart" : SvgFace.Description(svg);
        var face = svg is null ? $"<p class=\"chart-text\">{Html.Escape(text ?? "")}</p>" : SvgFace.Render(svg, idPrefix);
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

    private static string Base64Only(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Ansi();
}
