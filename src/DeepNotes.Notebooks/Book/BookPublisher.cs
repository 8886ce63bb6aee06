using System.Text;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Book;

/// <summary>Makes a book of static pages, which a browser opens from the file system without any network.</summary>
public static class BookPublisher
{
    /// <summary>Everything is made in memory first and then brought to the folder, so that a failure leaves the old book.</summary>
    /// <param name="chapters">Executed notebooks in reading order.</param>
    /// <exception cref="BookException">Nothing to publish, two chapters of one name, or a folder that is not ours.</exception>
    public static BookResult Publish(IReadOnlyList<NotebookDocument> chapters, BookOptions options)
    {
        Check(chapters);
        var folder = new BookFolder(options.OutputFolder);
        IReadOnlyList<Topic> topics = options.ListsFolder is null ? [] : Topic.Read(Path.Combine(options.ListsFolder, "topics.tsv"));
        var rendered = RenderChapters(chapters, topics, options);
        var indexes = IndexPage.All(options.ListsFolder, topics, rendered);
        var files = new Dictionary<string, byte[]>();
        AddPages(files, rendered, indexes, options);
        foreach (var chapter in chapters)
        {
            files[$"notebooks/{chapter.Name}.ipynb"] = Utf8(chapter.ToText());
        }

        foreach (var (path, source) in options.FrontEnd.Files())
        {
            files[path] = File.ReadAllBytes(source);
        }

        var written = folder.Write(files);
        var pages = rendered.Select(chapter => chapter.Page).Prepend("index.html").Concat(indexes.Select(page => page.Address))
            .Select(page => Path.GetFullPath(Path.Combine(options.OutputFolder, page))).ToList();
        var notes = rendered.SelectMany(chapter => chapter.Notes);
        return new BookResult(pages[0], pages, written, [.. options.FrontEnd.Note is { } note ? notes.Prepend(note) : notes]);
    }

    private static void Check(IReadOnlyList<NotebookDocument> chapters)
    {
        if (chapters.Count == 0)
        {
            throw new BookException("book: no chapters; expected at least one notebook.");
        }

        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["index"] = "the contents page",
            ["questions"] = "the page of questions",
            ["verdicts"] = "the page of verdicts",
            ["notation"] = "the page of symbols",
            ["glossary"] = "the glossary",
        };
        foreach (var chapter in chapters)
        {
            if (!names.TryAdd(chapter.Name, chapter.Path))
            {
                throw new BookException(
                    $"book: {chapter.Path} and {names[chapter.Name]} would both become {chapter.Name}.html; rename the notebook.");
            }
        }
    }

    private static List<Chapter> RenderChapters(
        IReadOnlyList<NotebookDocument> chapters, IReadOnlyList<Topic> topics, BookOptions options)
    {
        var colouring = new CodeColouring(options.CompileReferences, options.CacheFolder);
        var names = chapters.Select(chapter => chapter.Name).ToHashSet(StringComparer.Ordinal);
        return [.. chapters.Select(chapter =>
            new ChapterRenderer(chapter, colouring, new ChapterLinks(chapter, names, options.RepositoryAddress), topics).Render())];
    }

    private static void AddPages(
        Dictionary<string, byte[]> files, List<Chapter> chapters, IReadOnlyList<IndexPage> indexes, BookOptions options)
    {
        files["assets/book.css"] = Utf8(Asset.Text("book.css"));
        files["assets/book.js"] = Utf8(Asset.Text("book.js"));
        files["assets/search.js"] = Utf8(Asset.Text("search.js"));
        files[SearchIndex.File] = Utf8(SearchIndex.Make(chapters, indexes));
        foreach (var chapter in chapters)
        {
            foreach (var (path, bytes) in chapter.Files)
            {
                files[path] = bytes;
            }

            if (chapter.Figure is { } figure)
            {
                files[$"pictures/{chapter.Name}.svg"] = Utf8(figure);
            }
        }

        var page = new BookPage(options, indexes);
        for (var i = 0; i < chapters.Count; i++)
        {
            files[chapters[i].Page] = Utf8(page.Chapter(chapters, i));
        }

        foreach (var index in indexes)
        {
            files[index.Address] = Utf8(page.Index(index));
        }

        files["index.html"] = Utf8(page.Contents(chapters));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
