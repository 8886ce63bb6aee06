using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;
using Markdig;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

public sealed class ShadowCopiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _original;
    private readonly ShadowCopies _copies;

    public ShadowCopiesTests()
    {
        Directory.CreateDirectory(_folder["bin"]);
        _original = _folder["bin/Markdig.dll"];
        File.Copy(typeof(Markdown).Assembly.Location, _original);
        File.Copy(typeof(FactAttribute).Assembly.Location, _folder["bin/Neighbour.dll"]);
        File.WriteAllText(_folder["bin/native.so"], "native");
        _copies = new ShadowCopies(new UserCache(_folder["cache"], _folder.Path, [_folder.Path], _ => { }));
    }

    [Fact]
    public void A_copy_lists_the_assembly_and_its_managed_neighbours_and_is_reused()
    {
        var copies = _copies.Copy(_original);

        Assert.Equal(["Markdig.dll", "Neighbour.dll"], copies.Select(Path.GetFileName));
        Assert.Equal(["Markdig.dll", "Neighbour.dll", "native.so"], Directory.GetFiles(Path.GetDirectoryName(copies[0])!).Select(Path.GetFileName).Order());
        Assert.Equal(copies, _copies.Copy(_original));
    }

    public static TheoryData<string, Action<string>> Damages => new()
    {
        { "changed", folder => File.WriteAllText(Path.Combine(folder, "Markdig.dll"), "planted") },
        { "a changed neighbour", folder => File.AppendAllText(Path.Combine(folder, "Neighbour.dll"), "planted") },
        { "a changed native library", folder => File.WriteAllText(Path.Combine(folder, "native.so"), "malice") },
        { "missing", folder => File.Delete(Path.Combine(folder, "Markdig.dll")) },
        { "empty", folder => File.WriteAllBytes(Path.Combine(folder, "Markdig.dll"), []) },
        { "one more", folder => File.Copy(typeof(FactAttribute).Assembly.Location, Path.Combine(folder, "Planted.dll")) },
        { "a folder more", folder => Directory.CreateDirectory(Path.Combine(folder, "more")) },
        { "all gone", folder => Directory.Delete(folder, recursive: true) },
        {
            "a link to the same", folder =>
            {
                File.Move(Path.Combine(folder, "Markdig.dll"), folder + ".moved");
                File.CreateSymbolicLink(Path.Combine(folder, "Markdig.dll"), folder + ".moved");
            }
        },
        {
            "a linked folder", folder =>
            {
                Directory.Move(folder, folder + ".moved");
                Directory.CreateSymbolicLink(folder, folder + ".moved");
            }
        },
    };

    [UnixTheory]
    [MemberData(nameof(Damages))]
    public void A_damaged_or_planted_copy_is_replaced(string what, Action<string> damage)
    {
        var folder = Path.GetDirectoryName(_copies.Copy(_original)[0])!;
        damage(folder);

        var copies = _copies.Copy(_original);

        Assert.Equal(Path.Combine(folder, "Markdig.dll"), copies[0]);
        Assert.True(new DirectoryInfo(folder).LinkTarget is null, what);
        Assert.Equal(
            Directory.GetFiles(_folder["bin"]).Select(file => (Path.GetFileName(file), ShadowCopies.Hash(file))).Order(),
            Directory.GetFileSystemEntries(folder).Select(file => (Path.GetFileName(file), ShadowCopies.Hash(file))).Order());
        Assert.All(Directory.GetFiles(folder), file => Assert.Null(new FileInfo(file).LinkTarget));
    }

    [Fact]
    public void A_changed_neighbour_of_the_same_size_and_time_gives_another_copy()
    {
        var first = _copies.Copy(_original)[0];
        var time = File.GetLastWriteTimeUtc(_folder["bin/native.so"]);
        File.WriteAllText(_folder["bin/native.so"], "rebuilt"[..6]);
        File.SetLastWriteTimeUtc(_folder["bin/native.so"], time);

        var second = _copies.Copy(_original)[0];

        Assert.NotEqual(first, second);
        Assert.Equal("rebuil", File.ReadAllText(Path.Combine(Path.GetDirectoryName(second)!, "native.so")));
    }

    [Fact]
    public async Task Concurrent_requests_share_one_copy()
    {
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _copies.Copy(_original)[0])));

        Assert.Single(copies.Distinct());
        Assert.Single(Directory.GetDirectories(Path.GetDirectoryName(Path.GetDirectoryName(copies[0]))!));
    }

    [Fact]
    public void An_assembly_with_another_extension_is_copied()
    {
        File.Copy(_original, _folder["bin/Program.exe"]);

        Assert.Equal("Program.exe", Path.GetFileName(_copies.Copy(_folder["bin/Program.exe"])[0]));
    }

    public void Dispose() => _folder.Dispose();
}
