using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Finds broken references to files and ids, duplicate ids, and resources loaded from the web (links are allowed).</summary>
internal static class BookLinks
{
    public static IReadOnlyList<string> FindFaults(string folder)
    {
        var pages = Directory.GetFiles(folder, "*.html").ToDictionary(path => path, path => new HtmlParser().ParseDocument(File.ReadAllText(path)));
        var ids = pages.ToDictionary(page => page.Key, page => page.Value.All.Select(element => element.Id ?? "").Where(id => id.Length > 0).ToList());
        return
        [
            .. ids.SelectMany(page => page.Value.CountBy(id => id).Where(count => count.Value > 1).Select(count => $"{Path.GetFileName(page.Key)}: id {count.Key} {count.Value} times")),
            .. pages.SelectMany(page => Addresses(page.Value)
                .Where(address => !Resolves(page.Key, address, ids))
                .Select(address => $"{Path.GetFileName(page.Key)}: {address} leads nowhere")),
        ];
    }

    private static IEnumerable<string> Addresses(IDocument page) =>
        from element in page.All
        from name in new[] { "href", "src", "data-plotly" }
        where element.HasAttribute(name)
        let address = element.GetAttribute(name)!
        where !address.StartsWith("data:", StringComparison.Ordinal) && !(element.LocalName == "a" && address.StartsWith("http", StringComparison.Ordinal))
        select address;

    private static bool Resolves(string page, string address, Dictionary<string, List<string>> ids)
    {
        var parts = address.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
        return File.Exists(target) && (parts.Length == 1 || ids[target].Contains(Uri.UnescapeDataString(parts[1])));
    }
}
