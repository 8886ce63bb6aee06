using System.Diagnostics;
using System.Runtime.Versioning;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

/// <summary>Cache folders that exist, are missing, cannot be written, or belong to another user.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UserCacheTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public UserCacheTests() => Directory.CreateDirectory(_folder["home"]);

    [UnixFact]
    public void A_new_folder_is_accessible_to_its_owner_only()
    {
        Assert.Equal(_folder["chosen/deepnotes/things"], PathIn(Cache(chosen: _folder["chosen"])));

        Assert.Equal(OnlyOwner, File.GetUnixFileMode(_folder["chosen/deepnotes"]));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(_folder["chosen/deepnotes/things"]));
        Assert.Empty(_said);
    }

    [UnixTheory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/cache")]
    public void Without_an_absolute_XDG_CACHE_HOME_the_cache_is_in_the_home_folder(string? chosen)
    {
        var path = PathIn(Cache(chosen));

        Assert.StartsWith(_folder["home"], path, StringComparison.Ordinal);
        Assert.EndsWith("deepnotes/things", path, StringComparison.Ordinal);
        Assert.False(Directory.Exists("relative"));
    }

    [UnixTheory]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/proc/nowhere")]
    [InlineData("FILE")]
    public void Without_a_home_folder_the_cache_is_a_private_temporary_folder_and_that_is_reported_once(string home)
    {
        File.WriteAllText(_folder["file"], "");
        var cache = Cache(home: home == "FILE" ? _folder["file"] : home);

        var path = PathIn(cache);
        Assert.Equal(path, PathIn(cache));

        Assert.StartsWith(_folder["deepnotes-cache-"], path, StringComparison.Ordinal);
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(path));
        Assert.Contains(Path.GetDirectoryName(path)!, Assert.Single(_said), StringComparison.Ordinal);
        Assert.Null(cache.Home);
        Assert.Equal(_folder.Path, cache.TemporaryFiles);
    }

    [UnixFact]
    public void A_folder_that_cannot_be_written_is_replaced_by_a_temporary_one()
    {
        var cache = Cache();

        // Emulates a full disk, because root can write despite permissions.
        var written = cache.Use("things", folder => folder.StartsWith(_folder["home"], StringComparison.Ordinal) ? throw new IOException("No space left on device") : folder);

        Assert.StartsWith(_folder["deepnotes-cache-"], written, StringComparison.Ordinal);
        Assert.Contains("No space left on device", Assert.Single(_said), StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_any_writable_folder_an_error_is_reported()
    {
        var cache = new UserCache(null, "", ["/proc/nowhere"], _said.Add);

        Assert.Contains("no writable folder for the cache", Assert.Throws<ReferenceException>(() => PathIn(cache)).Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("deepnotes", UnixFileMode.OtherWrite)]
    [InlineData("deepnotes", UnixFileMode.GroupWrite)]
    [InlineData("deepnotes/things", UnixFileMode.OtherWrite)]
    public void A_folder_writable_by_others_is_rejected(string folder, UnixFileMode open)
    {
        Directory.CreateDirectory(_folder[$"chosen/{folder}"]);
        File.SetUnixFileMode(_folder[$"chosen/{folder}"], OnlyOwner | open);

        AssertRefused(folder, "one that others can write to");
    }

    [UnixTheory]
    [InlineData("deepnotes")]
    [InlineData("deepnotes/things")]
    public void A_link_is_rejected(string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"chosen/{folder}"])!);
        Directory.CreateSymbolicLink(_folder[$"chosen/{folder}"], Directory.CreateDirectory(_folder["elsewhere"]).FullName);

        AssertRefused(folder, "a link");
    }

    [UnixFact]
    public void A_folder_of_another_user_is_rejected()
    {
        if (Environment.UserName != "root")
        {
            // A folder of another user that exists on every machine.
            Assert.Contains("another user", Assert.Throws<ReferenceException>(() => PrivateFolder.Open("/usr")).Message, StringComparison.Ordinal);
            return;
        }

        Directory.CreateDirectory(_folder["chosen/deepnotes"]);
        using (var process = Process.Start("chown", ["65534", _folder["chosen/deepnotes"]]))
        {
            process.WaitForExit();
        }

        AssertRefused("deepnotes", "one of another user (id 65534)");
    }

    public void Dispose() => _folder.Dispose();

    private void AssertRefused(string folder, string fault)
    {
        var message = Assert.Throws<ReferenceException>(() => PathIn(Cache(chosen: _folder["chosen"]))).Message;
        Assert.StartsWith($"{_folder[$"chosen/{folder}"]}: expected a folder that only you can write to, got {fault}", message, StringComparison.Ordinal);
        Assert.EndsWith("remove it, or set XDG_CACHE_HOME to another folder.", message, StringComparison.Ordinal);
    }

    private UserCache Cache(string? chosen = null, string? home = null) => new(chosen, home ?? _folder["home"], [_folder["gone"], _folder.Path], _said.Add);

    private static string PathIn(UserCache cache) => cache.Use("things", folder => folder);
}
