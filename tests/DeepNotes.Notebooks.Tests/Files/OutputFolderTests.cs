using System.Text;
using DeepNotes.Notebooks.Files;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Obsolete_files_of_an_owner_are_removed_and_all_others_stay()
    {
        Open().Replace(Files("04/a.svg", "04/b.svg"), "one");
        Open().Replace(Files("05/a.svg"), "two");
        File.WriteAllText(_folder["out/04/mine.svg"], "mine");

        Open().Replace(Files("04/b.svg"), "one");

        Assert.Equal(["04/b.svg", "04/mine.svg", "05/a.svg"], Written());
        Assert.Equal(["one"], Open().OwnersIn("04"));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("a/../../x")]
    [InlineData("a\\..\\x")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("nul")]
    [InlineData("a/./b")]
    public void An_unsafe_path_is_rejected(string path) =>
        Assert.Throws<ArgumentException>(() => Open().Replace(Files(path)));

    [Fact]
    public void A_foreign_file_is_not_overwritten()
    {
        Directory.CreateDirectory(_folder["out/04"]);
        File.WriteAllText(_folder["out/04/a.svg"], "years of work");

        Assert.Contains("a.svg exists and was not written", Assert.Throws<IOException>(() => Open().Replace(Files("04/b.svg", "04/a.svg"))).Message, StringComparison.Ordinal);
        Assert.Equal(["04/a.svg"], Written());
        Assert.Equal("years of work", File.ReadAllText(_folder["out/04/a.svg"]));
    }

    [Fact]
    public void Links_out_of_the_folder_are_not_followed()
    {
        Open().Replace(Files("04/a.svg", "05/a.svg"));
        Directory.CreateDirectory(_folder["album"]);
        File.WriteAllText(_folder["album/a.svg"], "holiday");
        Directory.Delete(_folder["out/04"], recursive: true);
        Directory.CreateSymbolicLink(_folder["out/04"], _folder["album"]);
        File.Delete(_folder["out/05/a.svg"]);
        File.CreateSymbolicLink(_folder["out/05/a.svg"], _folder["album/a.svg"]);

        Assert.Throws<IOException>(() => Open().Replace(Files("04/a.svg")));
        Assert.Throws<IOException>(() => Open().Replace(Files("05/a.svg")));
        Open().Replace(Files("06/a.svg"));

        Assert.Equal("holiday", File.ReadAllText(_folder["album/a.svg"]));
        Assert.True(Containment.IsLink(_folder["out/05/a.svg"]));
    }

    [Fact]
    public void A_manipulated_manifest_removes_nothing_elsewhere()
    {
        Open().Replace(Files("a.svg"));
        File.WriteAllText(_folder["outside.svg"], "stays");
        File.AppendAllText(_folder["out/.list"], $"../outside.svg\n{_folder["outside.svg"]}\nx/../../outside.svg\n\n..\n");

        Open().Replace(Files("a.svg"));

        Assert.True(File.Exists(_folder["outside.svg"]));
        Assert.Equal("a.svg\n", File.ReadAllText(_folder["out/.list"]));
    }

    [Fact]
    public void A_file_or_a_broken_link_is_rejected()
    {
        File.WriteAllText(_folder["file"], "");
        File.CreateSymbolicLink(_folder["dangling"], _folder["nowhere"]);

        Assert.Contains("is a file", Assert.Throws<IOException>(() => new OutputFolder(_folder["file"], ".list")).Message, StringComparison.Ordinal);
        Assert.Contains("is a link", Assert.Throws<IOException>(() => new OutputFolder(_folder["dangling"], ".list")).Message, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(_folder["file"]));
    }

    [Fact]
    public void What_has_not_changed_is_not_written() => Assert.Equal((2, 0), (Open().Replace(Files("a", "b")), Open().Replace(Files("a", "b"))));

    private OutputFolder Open() => new(_folder["out"], ".list");

    private static Dictionary<string, byte[]> Files(params string[] paths) => paths.ToDictionary(path => path, Encoding.UTF8.GetBytes);

    private IEnumerable<string> Written() => Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_folder["out"], path)).Where(path => path != ".list").Order(StringComparer.Ordinal);
}
