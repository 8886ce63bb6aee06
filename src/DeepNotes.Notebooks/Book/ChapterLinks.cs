using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Files;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeepNotes.Notebooks.Book;

/// <summary>Rewrites a notebook's links and images for the book: chapters, repository files, media.</summary>
/// <param name="pages">The page of each chapter, by the notebook's file name.</param>
/// <param name="names">The file names of the whole book.</param>
internal sealed partial class ChapterLinks(
    NotebookDocument document, IReadOnlyDictionary<string, string> pages, string? repositoryAddress, NameRegister names)
{
    private const long MaxBytes = 32 << 20;

    private static readonly string[] MediaAttributes = ["src", "poster"];

    private readonly HashSet<string> _headings =
        [.. document.Cells.Where(cell => cell.IsMarkdown).SelectMany(cell => Heading().Matches(cell.Source)).Select(match => PageIds.Slug(match.Groups["text"].Value))];

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(document.Path))!;

    /// <summary>The page of the notebook itself.</summary>
    public string Page => pages[document.Name];

    /// <summary>Media files to publish with the page, by their path in the book.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Notes { get; } = [];

    /// <param name="ids">Assigns page-wide unique ids to elements with an id.</param>
    public void Rewrite(MarkdownObject markdown, NotebookCell cell, PageIds ids)
    {
        foreach (var link in markdown.Descendants<LinkInline>().ToList())
        {
            var address = link.Url ?? "";
            link.Url = link.IsImage ? Media(address, cell) : Target(address, cell);
            if (link.Url is null)
            {
                ReplaceByText(link);
            }
        }

        foreach (var link in markdown.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !Address.IsSafe(link.Url)).ToList())
        {
            Note(cell, $"the link {link.Url} is not allowed in a page; it is replaced by its text.");
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        foreach (var block in markdown.Descendants<HtmlBlock>())
        {
            block.Lines = new StringLineGroup(Clean(block.Lines.ToString(), cell, ids));
        }

        foreach (var tag in markdown.Descendants<HtmlInline>())
        {
            tag.Tag = Clean(tag.Tag, cell, ids);
        }
    }

    /// <summary>Rewrites the HTML of an output: only images beside the notebook are published with the page.</summary>
    public string RewriteOutput(string html) => HtmlFragment.Whole(RawHtml.Rewrite(html, tag =>
    {
        if (tag.Name != "img" || tag["src"] is not { } address || Address.IsRemote(address) || Read(address) is not { } file)
        {
            return null;
        }

        tag["src"] = Publish(file);
        return tag.ToString();
    }));

    private string Clean(string html, NotebookCell cell, PageIds ids)
    {
        foreach (var name in RawHtml.RemovedElements(html))
        {
            Note(cell, $"<{name}> is removed: this element is not allowed in Markdown.");
        }

        return RawHtml.Clean(html, tag => Rewrite(tag, cell, ids));
    }

    private string? Rewrite(HtmlTag tag, NotebookCell cell, PageIds ids)
    {
        if (tag["id"] is { Length: > 0 } id)
        {
            tag["id"] = ids.Claim(id);
        }

        if (tag.Name == "a" && tag["href"] is { } target)
        {
            tag["href"] = Target(target, cell);
        }

        foreach (var name in MediaAttributes)
        {
            if (tag[name] is not { } address)
            {
                continue;
            }

            tag[name] = Media(address, cell);
            if (tag[name] is null && tag.Name == "img")
            {
                return Html.Escape(tag["alt"] is { Length: > 0 } text ? text : Path.GetFileName(address));
            }
        }

        if (tag["srcset"] is { } set)
        {
            tag["srcset"] = string.Join(", ", SourceSet(set, cell)) is { Length: > 0 } kept ? kept : null;
        }

        return null;
    }

    private IEnumerable<string> SourceSet(string set, NotebookCell cell)
    {
        foreach (var part in set.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split(' ', 2);
            if (Media(words[0], cell) is { } address)
            {
                yield return words.Length == 1 ? address : $"{address} {words[1]}";
            }
        }
    }

    private string? Target(string address, NotebookCell cell)
    {
        if (address.StartsWith('#'))
        {
            var slug = Slug(address[1..]);
            return _headings.Contains(slug) ? $"#{slug}" : address;
        }

        if (Address.IsRemote(address) && Address.IsSafe(address) && Address.SchemeOf(address) != "data")
        {
            return address;
        }

        if (Address.IsRemote(address))
        {
            Note(cell, $"the link {address} is not allowed in a page; it is replaced by its text.");
            return null;
        }

        var parts = address.Split('#', 2);
        var path = Uri.UnescapeDataString(parts[0]);
        var fragment = parts.Length > 1 ? $"#{parts[1]}" : "";
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && pages.TryGetValue(Path.GetFileNameWithoutExtension(path), out var page))
        {
            return parts.Length > 1 ? $"{Uri.EscapeDataString(page)}#{Slug(parts[1])}" : Uri.EscapeDataString(page);
        }

        if (repositoryAddress is not null && RepositoryRoot() is { } root && !path.StartsWith('/'))
        {
            var relative = Path.GetRelativePath(root, Path.Combine(_folder, path)).Replace('\\', '/');
            if (!relative.StartsWith("../", StringComparison.Ordinal))
            {
                return $"{repositoryAddress.TrimEnd('/')}/{Address.OfFile(relative)}{fragment}";
            }
        }

        Note(cell, $"the link {address} does not refer to a page of the book; it is replaced by its text.");
        return null;
    }

    // Jupyter preserves capitals and punctuation in heading anchors.
    private static string Slug(string anchor) => PageIds.Slug(Uri.UnescapeDataString(anchor));

    /// <summary>The address in the book of a picture, a film or a sound; null where there is none.</summary>
    private string? Media(string address, NotebookCell cell)
    {
        if (address.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase))
        {
            return Attachment(Uri.UnescapeDataString(address["attachment:".Length..]), cell);
        }

        if (Address.SchemeOf(address) == "data")
        {
            if (Address.IsSafe(address))
            {
                return address;
            }

            Note(cell, "the data of a picture is of an unsupported type; it is replaced by its text.");
            return null;
        }

        if (!Address.IsRemote(address) && Read(address) is { } file)
        {
            return Publish(file);
        }

        Note(cell, $"picture {address} is not a file in the notebook's folder; it is replaced by its text.");
        return null;
    }

    /// <summary>A publishable file: inside the repository or the notebook's folder, and an image, video or audio by its content.</summary>
    private (string Path, byte[] Bytes, MediaType Type)? Read(string address)
    {
        try
        {
            var path = new FileInfo(Path.Combine(_folder, Uri.UnescapeDataString(address.Split('?', '#')[0])));
            if (!path.Exists || path.FullName.Contains('\0', StringComparison.Ordinal) || !Containment.IsInside(path.FullName, RepositoryRoot() ?? _folder))
            {
                return null;
            }

            // A pipe has length 0, and reading it could block for ever.
            var real = RealPath.Of(path.FullName);
            if (new FileInfo(real).Length is 0 or > MaxBytes)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(real);
            return MediaType.Of(bytes) is { } type ? (path.FullName, bytes, type) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private string Publish((string Path, byte[] Bytes, MediaType Type) file)
    {
        var name = $"{SafeName.Of(document.Name, "notebook")}-{SafeName.Of(Path.GetFileNameWithoutExtension(file.Path), "picture")}{file.Type.EndingOf(file.Path)}";
        return Address.OfFile(Add(name, file.Bytes, Path.GetRelativePath(_folder, file.Path)));
    }

    /// <summary>Adds a picture to the book.</summary>
    /// <param name="name">The preferred file name.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="origin">Identifies it in this notebook; the same origin gives the same file.</param>
    /// <returns>Its path in the book.</returns>
    public string Add(string name, byte[] bytes, string origin)
    {
        var path = names.Claim($"pictures/{name}", $"{document.Path}\n{origin}");
        Files[path] = bytes;
        return path;
    }

    private string? Attachment(string name, NotebookCell cell)
    {
        if ((cell.Json["attachments"] as JsonObject)?[name] is JsonObject forms)
        {
            foreach (var (_, data) in forms)
            {
                if (PictureData.Read(NotebookText.Join(data)) is { } picture)
                {
                    return picture.Address;
                }
            }
        }

        Note(cell, $"attachment {name} is missing; it is replaced by its text.");
        return null;
    }

    private void Note(NotebookCell cell, string text) => Notes.Add($"{document.Name}, cell {cell.Index + 1}: {text}");

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

    [GeneratedRegex(@"^#{1,6}[ \t]+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
