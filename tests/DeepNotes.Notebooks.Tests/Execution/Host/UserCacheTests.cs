using System.Diagnostics;
using System.Runtime.Versioning;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

/// <summary>Places of the cache that are there, are not, can't be written, or are not the user's own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UserCacheTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public UserCacheTests() => Directory.CreateDirectory(_folder["home"]);

    [UnixFact]
    public void A_folder_is_made_that_only_its_owner_can_enter()
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
    public void Without_an_absolute_XDG_CACHE_HOME_it_is_below_the_home(string? chosen)
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
    public void Without_a_home_it_is_a_private_temporary_folder_and_that_is_said_once(string home)
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
    public void Where_the_folder_cannot_be_written_it_is_a_temporary_one()
    {
        var cache = Cache();

        // As on a full disk: root may write where others may not.
        var written = cache.Use("things", folder => folder.StartsWith(_folder["home"], StringComparison.Ordinal) ? throw new IOException("No space left on device") : folder);

        Assert.StartsWith(_folder["deepnotes-cache-"], written, StringComparison.Ordinal);
        Assert.Contains("No space left on device", Assert.Single(_said), StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_any_folder_to_write_to_the_message_says_so()
    {
        var cache = new UserCache(null, "", ["/proc/nowhere"], _said.Add);

        Assert.Contains("no folder for the cache can be written", Assert.Throws<ReferenceException>(() => PathIn(cache)).Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("deepnotes", UnixFileMode.OtherWrite)]
    [InlineData("deepnotes", UnixFileMode.GroupWrite)]
    [InlineData("deepnotes/things", UnixFileMode.OtherWrite)]
    public void A_folder_that_others_can_write_to_is_refused(string folder, UnixFileMode open)
    {
        Directory.CreateDirectory(_folder[$"chosen/{folder}"]);
        File.SetUnixFileMode(_folder[$"chosen/{folder}"], OnlyOwner | open);

        AssertRefused(folder, "one that others can write to");
    }

    [UnixTheory]
    [InlineData("deepnotes")]
    [InlineData("deepnotes/things")]
    public void A_link_is_refused_wherever_it_leads(string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"chosen/{folder}"])!);
        Directory.CreateSymbolicLink(_folder[$"chosen/{folder}"], Directory.CreateDirectory(_folder["elsewhere"]).FullName);

        AssertRefused(folder, "a link");
    }

    [UnixFact]
    public void A_folder_of_another_user_is_refused()
    {
        if (Environment.UserName != "root")
        {
            // The folder of somebody else that every machine has.
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
        Assert.EndsWith("remove it, or set XDG_CACHE_HOME to a folder of yours.", message, StringComparison.Ordinal);
    }

    private UserCache Cache(string? chosen = null, string? home = null) => new(chosen, home ?? _folder["home"], [_folder["gone"], _folder.Path], _said.Add);

    private static string PathIn(UserCache cache) => cache.Use("things", folder => folder);
}
