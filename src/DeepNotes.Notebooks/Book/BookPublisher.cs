using System.Text;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Book;

/// <summary>Publishes a book of static pages, which work from the file system without a network.</summary>
public static class BookPublisher
{
    private const string ListName = ".deepnotes-book";

    private static readonly (string Page, string Owner)[] OwnPages =
    [
        ("index.html", "the contents page"), (QuestionsPage.File, "the page of questions"), (VerdictsPage.File, "the page of verdicts"),
        (NotationPage.File, "the page of symbols"), (GlossaryPage.File, "the glossary"), (CoveragePage.File, "the list of topics"),
    ];

    /// <summary>Renders everything in memory before it writes to the folder, so that a failure leaves the old book.</summary>
    /// <param name="chapters">Executed notebooks in reading order.</param>
    /// <exception cref="BookException">No chapters, two chapters of one name, or a folder with other files.</exception>
    public static BookResult Publish(IReadOnlyList<NotebookDocument> chapters, BookOptions options)
    {
        Check(chapters);
        var folder = Open(options.OutputFolder);
        IReadOnlyList<Topic> topics = options.ListsFolder is null ? [] : Topic.Read(Path.Combine(options.ListsFolder, "topics.tsv"));
        var failures = new List<string>();
        var rendered = RenderChapters(chapters, topics, options, failures);
        var indexes = IndexPage.All(options.ListsFolder, topics, rendered);
        var files = new Dictionary<string, byte[]>();
        AddPages(files, rendered, indexes, options);
        foreach (var (path, source) in options.FrontEnd.Files())
        {
            files[path] = File.ReadAllBytes(source);
        }

        var written = Write(folder, files);
        var pages = rendered.Select(chapter => chapter.Page).Prepend("index.html").Concat(indexes.Select(page => page.Address))
            .Select(page => Path.GetFullPath(Path.Combine(options.OutputFolder, page))).ToList();
        var notes = rendered.SelectMany(chapter => chapter.Notes);
        return new BookResult(pages[0], pages, written, [.. options.FrontEnd.Note is { } note ? notes.Prepend(note) : notes], failures);
    }

    private static OutputFolder Open(string path)
    {
        try
        {
            var folder = new OutputFolder(path, ListName);
            return !folder.HasForeignFiles ? folder : throw new BookException(
                $"book: {folder.Path} contains files that are not from a book of DeepNotes. "
                + "Choose an empty folder with --out.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BookException($"book: {error.Message} Choose another folder with --out.", error);
        }
    }

    private static int Write(OutputFolder folder, Dictionary<string, byte[]> files)
    {
        try
        {
            return folder.Replace(files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BookException($"book: can't write to {folder.Path}: {error.Message}", error);
        }
    }

    private static void Check(IReadOnlyList<NotebookDocument> chapters)
    {
        if (chapters.Count == 0)
        {
            throw new BookException("book: no chapters; expected at least one notebook.");
        }

        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chapter in chapters)
        {
            if (!owners.TryAdd(chapter.Name, chapter.Path))
            {
                throw new BookException(
                    $"book: {chapter.Path} and {owners[chapter.Name]} have the same name, which links refer to; rename one of them.");
            }
        }
    }

    // By the chapter's name; one that the book itself or another chapter (ignoring case) has claimed gets a hash as suffix.
    private static Dictionary<string, string> Pages(IReadOnlyList<NotebookDocument> chapters)
    {
        var names = new NameRegister();
        foreach (var (page, owner) in OwnPages)
        {
            names.Claim(page, owner);
        }

        return chapters.ToDictionary(
            chapter => chapter.Name, chapter => names.Claim($"{SafeName.Of(chapter.Name, "notebook")}.html", chapter.Path), StringComparer.Ordinal);
    }

    // A chapter that fails is left out and reported; the others are published.
    private static List<Chapter> RenderChapters(
        IReadOnlyList<NotebookDocument> chapters, IReadOnlyList<Topic> topics, BookOptions options, List<string> failures)
    {
        var colouring = new CodeColouring(options.CompileReferences, options.CacheFolder);
        var pages = Pages(chapters);
        var folders = NotebookFigures.Folders(chapters);
        var names = new NameRegister();
        var rendered = new List<Chapter>();
        foreach (var chapter in chapters)
        {
            try
            {
                var links = new ChapterLinks(chapter, pages, options.RepositoryAddress, names);
                var made = new ChapterRenderer(chapter, colouring, links, new FigureFiles(folders[chapter], chapter), topics).Render();
                rendered.Add(made with { Provenance = Provenance.Of(chapter, options.Checks.GetValueOrDefault(chapter.Name)) });
                failures.AddRange(made.Failures);
            }
            catch (Exception error) when (error is not (OutOfMemoryException or BookException))
            {
                failures.Add($"{chapter.Path}: omitted from the book: {error.GetType().Name}: {error.Message}");
            }
        }

        return rendered.Count > 0 ? rendered : throw new BookException($"book: no chapter could be rendered.\n{string.Join('\n', failures)}");
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

            files[chapter.Notebook] = chapter.Source;
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
