using DeepNotes.Notebooks.Documents;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>Makes a notebook's links and images those of the book: chapters, repository files, pictures.</summary>
internal sealed class ChapterLinks(NotebookDocument document, IReadOnlySet<string> chapters, string? repositoryAddress)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(document.Path))!;

    /// <summary>Pictures to put beside the page, by their path in the book.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Notes { get; } = [];

    public void Rewrite(MarkdownObject markdown, NotebookCell cell)
    {
        foreach (var link in markdown.Descendants<LinkInline>().ToList())
        {
            var address = link.Url ?? "";
            link.Url = link.IsImage ? Picture(address, cell) : Target(address);
            if (link.Url is null)
            {
                ReplaceByText(link);
            }
        }
    }

    private string? Target(string address)
    {
        if (address.StartsWith('#') || Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            return address;
        }

        var parts = address.Split('#', 2);
        var path = Uri.UnescapeDataString(parts[0]);
        var fragment = parts.Length > 1 ? $"#{parts[1]}" : "";
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && chapters.Contains(Path.GetFileNameWithoutExtension(path)))
        {
            return $"{Uri.EscapeDataString(Path.GetFileNameWithoutExtension(path))}.html{fragment}";
        }

        return repositoryAddress is not null && RepositoryRoot() is { } root
            ? $"{repositoryAddress.TrimEnd('/')}/{Path.GetRelativePath(root, Path.Combine(_folder, path)).Replace('\\', '/')}{fragment}"
            : null;
    }

    private string? Picture(string address, NotebookCell cell)
    {
        if (address.StartsWith("data:", StringComparison.Ordinal))
        {
            return address;
        }

        if (address.StartsWith("attachment:", StringComparison.Ordinal))
        {
            return Attachment(Uri.UnescapeDataString(address["attachment:".Length..]), cell);
        }

        var source = Path.Combine(_folder, Uri.UnescapeDataString(address));
        if (Uri.TryCreate(address, UriKind.Absolute, out _) || !File.Exists(source))
        {
            Notes.Add($"{document.Name}, cell {cell.Index + 1}: picture {address} is not a file beside the notebook; its text stands in.");
            return null;
        }

        var target = $"pictures/{document.Name}-{Path.GetFileName(source)}";
        Files[target] = File.ReadAllBytes(source);
        return string.Join('/', target.Split('/').Select(Uri.EscapeDataString));
    }

    private string? Attachment(string name, NotebookCell cell)
    {
        if (cell.Json["attachments"]?[name]?.AsObject().FirstOrDefault() is { Key: { } type, Value: { } data })
        {
            return $"data:{type};base64,{NotebookText.Join(data).Trim()}";
        }

        Notes.Add($"{document.Name}, cell {cell.Index + 1}: attachment {name} is missing; its text stands in.");
        return null;
    }

    private static void ReplaceByText(LinkInline link)
    {
        var text = new ContainerInline();
        link.MoveChildrenAfter(text);
        link.ReplaceBy(text);
    }

    private string? RepositoryRoot()
    {
        for (var folder = _folder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }
}
