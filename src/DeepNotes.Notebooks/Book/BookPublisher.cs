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
        var rendered = RenderChapters(chapters, options);
        var files = new Dictionary<string, byte[]>();
        AddPages(files, rendered, options);
        foreach (var chapter in chapters)
        {
            files[$"notebooks/{chapter.Name}.ipynb"] = Utf8(chapter.ToText());
        }

        foreach (var (path, source) in options.FrontEnd.Files())
        {
            files[path] = File.ReadAllBytes(source);
        }

        var written = folder.Write(files);
        var pages = rendered.Select(chapter => chapter.Page).Prepend("index.html")
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

        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["index"] = "the contents page" };
        foreach (var chapter in chapters)
        {
            if (!names.TryAdd(chapter.Name, chapter.Path))
            {
                throw new BookException(
                    $"book: {chapter.Path} and {names[chapter.Name]} would both become {chapter.Name}.html; rename the notebook.");
            }
        }
    }

    private static List<Chapter> RenderChapters(IReadOnlyList<NotebookDocument> chapters, BookOptions options)
    {
        var colouring = new CodeColouring(options.CompileReferences, options.CacheFolder);
        var names = chapters.Select(chapter => chapter.Name).ToHashSet(StringComparer.Ordinal);
        return [.. chapters.Select(chapter =>
            new ChapterRenderer(chapter, colouring, new ChapterLinks(chapter, names, options.RepositoryAddress)).Render())];
    }

    private static void AddPages(Dictionary<string, byte[]> files, List<Chapter> chapters, BookOptions options)
    {
        files["assets/book.css"] = Utf8(Asset.Text("book.css"));
        files["assets/book.js"] = Utf8(Asset.Text("book.js"));
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

        for (var i = 0; i < chapters.Count; i++)
        {
            files[chapters[i].Page] = Utf8(BookPage.Chapter(chapters, i, options));
        }

        files["index.html"] = Utf8(BookPage.Contents(chapters, options));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
