using System.Globalization;
using System.Text;

namespace DeepNotes.Notebooks.Book;

/// <summary>The glossary in English and Chinese, with links to the chapters that explain the terms.</summary>
internal static class GlossaryPage
{
    public const string File = "glossary.html";

    private static readonly string[] Columns = ["term", "chinese", "meaning", "chapter"];

    public static IndexPage? Make(string path, TopicPlaces places)
    {
        var terms = TabSeparatedFile.Read(path, Columns, cells => (Term: cells[0], Chinese: cells[1], Meaning: cells[2], Chapter: cells[3]))
            .OrderBy(term => term.Term, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true)).ToList();
        if (terms.Count == 0)
        {
            return null;
        }

        var ids = new PageIds();
        var entries = new List<SearchEntry>();
        var body = new StringBuilder();
        var letters = terms.GroupBy(term => char.ToUpperInvariant(term.Term[0])).ToList();
        body.Append("<nav class=\"letters\" aria-label=\"Letters\">").AppendJoin(' ', letters.Select(letter => $"<a href=\"#letter-{Html.Escape($"{letter.Key}")}\">{Html.Escape($"{letter.Key}")}</a>")).Append("</nav>\n");
        foreach (var letter in letters)
        {
            body.Append($"<section class=\"glossary\" aria-labelledby=\"letter-{Html.Escape($"{letter.Key}")}\">\n<h2 id=\"letter-{Html.Escape($"{letter.Key}")}\">{Html.Escape($"{letter.Key}")}</h2>\n<dl>\n");
            foreach (var (term, chinese, meaning, chapter) in letter)
            {
                var id = ids.ForHeading($"term-{term}");
                var place = places.Chapter(chapter) is { } found
                    ? $"<a class=\"chapter-link\" href=\"{found.Address}\">chapter {Html.Escape(chapter)}</a>" : $"<span class=\"chapter-link\">chapter {Html.Escape(chapter)}</span>";
                body.Append($"<div id=\"{Html.Escape(id)}\"><dt>{Html.Escape(term)}{(chinese == term ? "" : $" <span lang=\"zh\">{Html.Escape(chinese)}</span>")}</dt>\n")
                    .Append($"<dd>{MarkdownDialect.RenderInline(meaning)} {place}</dd></div>\n");
                entries.Add(new SearchEntry(id, $"{term} {chinese}", SearchIndex.Words(MarkdownDialect.RenderInline(meaning)), "glossary"));
            }

            body.Append("</dl>\n</section>\n");
        }

        return new IndexPage(
            File, "Glossary", "Glossary 术语表", "Terms of deep learning in English and Chinese.",
            IndexPage.Frame("Glossary 术语表", "The field's own words, in English and Chinese, one line on each.", $"<span>{terms.Count} terms</span>", body.ToString()),
            entries);
    }
}
