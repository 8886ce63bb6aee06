using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Whatever a page refers to must be there: files, and ids in them, each id once.</summary>
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
        where !address.StartsWith("data:", StringComparison.Ordinal) && !address.StartsWith("https://example.org/", StringComparison.Ordinal)
        select address;

    private static bool Resolves(string page, string address, Dictionary<string, List<string>> ids)
    {
        var target = new Uri(new Uri(page), address);
        var anchor = Uri.UnescapeDataString(target.Fragment.TrimStart('#'));
        return target.IsFile && File.Exists(target.LocalPath) && (anchor.Length == 0 || ids[target.LocalPath].Contains(anchor));
    }
}
