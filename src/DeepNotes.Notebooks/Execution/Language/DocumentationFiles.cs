using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml;
using Microsoft.CodeAnalysis;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The documentation of an assembly, read from XML files on first use.</summary>
internal sealed class DocumentationFiles : DocumentationProvider
{
    private static readonly Lazy<string?> FrameworkFolder = new(FindFrameworkFolder);

    private readonly Lazy<Dictionary<string, string>> _members;
    private readonly string _assembly;

    private DocumentationFiles(string assembly)
    {
        _assembly = assembly;
        _members = new(() => ReadAll(FilesOf(assembly)));
    }

    public static DocumentationFiles Of(string assembly) => new(assembly);

    public override bool Equals(object? obj) => obj is DocumentationFiles other && other._assembly == _assembly;

    public override int GetHashCode() => _assembly.GetHashCode(StringComparison.Ordinal);

    protected override string GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.Value.GetValueOrDefault(documentationMemberID, "");

    // The framework's files are in the reference pack of the SDK, under the names of the reference assemblies.
    private static IEnumerable<string> FilesOf(string assembly)
    {
        string[] names = Path.GetFileNameWithoutExtension(assembly) is var name && name == "System.Private.CoreLib"
            ? ["System.Runtime", "System.Collections", "System.Threading", "System.Console", "System.Runtime.InteropServices", "System.Memory"]
            : [name];
        var folders = new[] { Path.GetDirectoryName(assembly), FrameworkFolder.Value }.OfType<string>();
        return folders.SelectMany(_ => names, (folder, file) => Path.Combine(folder, $"{file}.xml")).Where(File.Exists);
    }

    private static string? FindFrameworkFolder()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        return Directory.Exists(root)
            ? Directory.GetDirectories(root).Order(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "ref", $"net{Environment.Version.ToString(2)}"))
                .LastOrDefault(Directory.Exists)
            : null;
    }

    private static Dictionary<string, string> ReadAll(IEnumerable<string> files)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            try
            {
                Read(file, members);
            }
            catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
            {
                // Incomplete documentation is better than none.
            }
        }

        return members;
    }

    private static void Read(string file, Dictionary<string, string> members)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "member" } && reader.GetAttribute("name") is { } name)
            {
                // Advances past the element.
                members[name] = reader.ReadInnerXml();
            }
            else
            {
                reader.Read();
            }
        }
    }
}
