using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>The notation of the book: symbol, meaning and shape.</summary>
internal static class NotationPage
{
    public const string File = "notation.html";

    private static readonly string[] Columns = ["group", "symbol", "meaning", "shape"];

    public static IndexPage? Make(string path)
    {
        var symbols = TabSeparatedFile.Read(path, Columns, cells => (Group: cells[0], Symbol: cells[1], Meaning: cells[2], Shape: cells[3]));
        if (symbols.Count == 0)
        {
            return null;
        }

        var body = new StringBuilder();
        var entries = new List<SearchEntry>();
        foreach (var (index, group) in symbols.GroupBy(symbol => symbol.Group).Index())
        {
            var id = $"group-{index + 1}";
            body.Append($"<h2 id=\"{id}\">{Html.Escape(group.Key)}</h2>\n<div class=\"table\"><table class=\"notation\">\n")
                .Append("<thead><tr><th scope=\"col\">Symbol</th><th scope=\"col\">Meaning</th><th scope=\"col\">Shape</th></tr></thead>\n<tbody>\n");
            foreach (var (_, symbol, meaning, shape) in group)
            {
                var html = MarkdownDialect.RenderInline(meaning);
                body.Append($"<tr><th scope=\"row\">{Formula.Inline(symbol)}</th><td>{html}</td><td>{(shape.Length == 0 ? "" : $"<code>{Html.Escape(shape)}</code>")}</td></tr>\n");
                entries.Add(new SearchEntry(id, group.Key, SearchIndex.Words($"{Formula.Inline(symbol)} {html}"), "notation"));
            }

            body.Append("</tbody>\n</table></div>\n");
        }

        return new IndexPage(
            File, "Notation", "Notation", "The symbols of the book, their meaning and their shape.",
            IndexPage.Frame("Notation", "The symbols of all chapters; where one has two meanings, its group tells them apart. Shapes are written as the library prints them; [] is a single number.", "", body.ToString()),
            entries);
    }
}
