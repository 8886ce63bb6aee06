using System.Diagnostics;
using System.Runtime.Versioning;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["file"];

    [Fact]
    public void A_failed_write_leaves_only_the_old_file()
    {
        Directory.CreateDirectory(Path.Combine(Target, "inside"));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.WriteAllText(Target, "new")).Message, StringComparison.Ordinal);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
        AtomicFile.WriteAllText(Path.Combine(_folder.Path, "new", "file"), "text");
        Assert.Equal("text", File.ReadAllText(Path.Combine(_folder.Path, "new", "file")));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixTheory]
    [InlineData("600")]
    [InlineData("664")]
    [InlineData("755")]
    [InlineData("200")]
    public void The_file_mode_is_preserved(string octal)
    {
        var mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, mode);
        WriteNew(Target);
        Assert.Equal(mode, File.GetUnixFileMode(Target));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void A_new_file_has_the_mode_given_by_the_umask()
    {
        File.WriteAllText(_folder["as usual"], "");
        WriteNew(Target);
        Assert.Equal(File.GetUnixFileMode(_folder["as usual"]), File.GetUnixFileMode(Target));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void A_copy_is_writable_by_its_owner_and_not_readable_by_more_users()
    {
        File.WriteAllText(Target, "private");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead);
        AtomicFile.WriteAllBytes(_folder["copy"], [1], copyOf: Target);
        AtomicFile.WriteAllBytes(_folder["copy"], [2], copyOf: Target);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["copy"]));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixTheory]
    [InlineData("444")]
    [InlineData("400")]
    public void A_read_only_file_is_rejected(string octal)
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, (UnixFileMode)Convert.ToInt32(octal, 8));
        AssertRejected(Target, $"{Target} is read-only");
        Assert.Equal("old", File.ReadAllText(Target));
    }

    // Through a linked folder, to a link that is relative to the real path of that folder.
    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void A_symbolic_link_is_preserved_and_its_target_is_written()
    {
        Directory.CreateDirectory(_folder["real/inner"]);
        Directory.CreateSymbolicLink(_folder["short"], "real/inner");
        File.WriteAllText(_folder["real/target"], "old");
        File.CreateSymbolicLink(_folder["real/inner/one"], "../target");
        File.CreateSymbolicLink(_folder["two"], _folder["short/one"]);

        WriteNew(_folder["two"]);
        Assert.Equal("new", File.ReadAllText(_folder["real/target"]));
        Assert.Equal(["short/one", "../target"], [new FileInfo(_folder["two"]).LinkTarget![(_folder.Path.Length + 1)..], new FileInfo(_folder["real/inner/one"]).LinkTarget!]);
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void Links_to_missing_files_are_written_and_other_broken_links_are_rejected()
    {
        File.CreateSymbolicLink(_folder["here"], "a");
        File.CreateSymbolicLink(_folder["gone"], "no/such/folder");
        File.CreateSymbolicLink(_folder["loop"], "pool");
        File.CreateSymbolicLink(_folder["pool"], "loop");

        WriteNew(_folder["here"]);
        Assert.Equal("a", new FileInfo(_folder["here"]).LinkTarget);
        AssertRejected(_folder["gone"], "is in a folder that does not exist");
        AssertRejected(_folder["loop"], "its symbolic links form a cycle");
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void Hard_links_are_preserved()
    {
        File.WriteAllText(Target, "old and longer");
        Run("ln", Target, _folder["other"]);
        WriteNew(Target);
        Assert.Equal("new", File.ReadAllText(_folder["other"]));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void Owner_and_group_are_preserved()
    {
        File.WriteAllText(Target, "old");
        if (Environment.UserName != "root" || !Run("chown", "1234:5678", Target))
        {
            return;
        }

        WriteNew(Target);
        Assert.True(Run("sh", "-c", $"test \"$(stat -c %u:%g '{Target}')\" = 1234:5678"));
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void A_name_of_maximum_length_is_written()
    {
        var name = _folder[new string('字', 83) + ".ipynb"];
        WriteNew(name);
        WriteNew(name);
    }

    [UnsupportedOSPlatform("windows")]
    [UnixFact]
    public void A_device_is_rejected()
    {
        if (OperatingSystem.IsLinux())
        {
            File.CreateSymbolicLink(_folder["null"], "/dev/null");
            AssertRejected(_folder["null"], "/dev/null, which is a device or a pipe");
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void WriteNew(string path)
    {
        AtomicFile.WriteAllText(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(path)!), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private void AssertRejected(string path, string message)
    {
        Assert.Contains(message, Assert.Throws<IOException>(() => AtomicFile.RequireWritable(path)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<IOException>(() => AtomicFile.WriteAllText(path, "new")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
