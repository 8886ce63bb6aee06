using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

/// <summary>Restores a small package into a temporary cache.</summary>
public sealed class PackageRestoreTests : IDisposable
{
    private const string Json = "nuget: Newtonsoft.Json, 13.0.1";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    [Fact]
    public async Task Concurrent_restores_of_the_same_packages_share_one_result()
    {
        var restored = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Restore(Cache(), Json))));

        Assert.All(restored, packages => Assert.Equal("Newtonsoft.Json.dll", Path.GetFileName(Assert.Single(packages.Assemblies))));
        Assert.EndsWith(".json", Assert.Single(Entries()), StringComparison.Ordinal);
        Assert.Empty(_said);
    }

    [Fact]
    public void A_damaged_result_is_restored_again()
    {
        const string damage = "not JSON";
        var first = Restore(Cache(), Json);
        File.WriteAllText(Entries()[0], damage);

        Assert.Equal(first.Assemblies, Restore(Cache(), Json).Assemblies);
        Assert.NotEqual(damage, File.ReadAllText(Assert.Single(Entries())));
    }

    [UnixFact]
    public void Without_a_home_folder_packages_are_in_the_private_folder()
    {
        var restored = Restore(new UserCache(null, "/proc/nowhere", [_folder["gone"], _folder.Path], _said.Add), Json);

        // A configured package folder takes precedence.
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen ? chosen : _folder["deepnotes-cache-"];
        Assert.StartsWith(packages, Assert.Single(restored.Assemblies), StringComparison.Ordinal);
        Assert.Single(_said);
    }

    [Fact]
    public void A_failure_gives_the_first_line_of_NuGets_error_and_leaves_no_files()
    {
        var error = Assert.Throws<ReferenceException>(() => Restore(Cache(), "nuget: Newtonsoft.Json, 99.0"));

        Assert.Equal("could not restore Newtonsoft.Json 99.0: NU1102: Unable to find package Newtonsoft.Json with version (>= 99.0.0)", error.Message);
        Assert.Empty(Entries());
    }

    [Fact]
    public void A_missing_source_is_reported_and_affects_only_its_own_packages()
    {
        var gone = _folder["gone"];

        // A floating version queries every source.
        var restored = Restore(Cache(), "nuget: Newtonsoft.Json, 13.0.*", gone);

        Assert.Single(restored.Assemblies);
        Assert.Contains(gone, Assert.Single(restored.Warnings), StringComparison.Ordinal);
        Assert.Empty(Entries());
        var error = Assert.Throws<ReferenceException>(() => Restore(Cache(), "nuget: Newtonsoft.Json, 99.0", gone));
        Assert.Contains("NU1102", error.Message, StringComparison.Ordinal);
        Assert.Contains(gone, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_further_feed_that_does_not_answer_is_asked_twice_and_not_until_the_cell_is_out_of_time()
    {
        using var feed = new TcpListener(IPAddress.Loopback, 0);
        feed.Start();
        var asked = 0;
        using var stop = new CancellationTokenSource();
        var answering = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await feed.AcceptTcpClientAsync(stop.Token)).Dispose();
                asked++;
            }
        });

        var restored = Restore(Cache(), "nuget: Newtonsoft.Json, 13.0.*", $"https://{feed.LocalEndpoint}/index.json");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Single(restored.Assemblies);

        // For versions and for known vulnerabilities; NuGet's own way is six times each.
        Assert.InRange(asked, 1, 4);
    }

    [Fact]
    public void Without_a_version_the_latest_compatible_one_is_restored()
    {
        var feed = new LocalFeed(_folder.Path);
        feed.Add("Fitting", "1.0.0", ("lib/net10.0/_._", null));
        feed.Add("Fitting", "1.5.0", ("lib/net10.0/_._", null));
        feed.Add("Fitting", "2.1.0", ("lib/net99.0/_._", null));
        feed.Add("TooNew", "3.0.0", ("lib/net99.0/_._", null));

        var restored = Restore(Cache(), "nuget: Fitting");
        var asked = Assert.ThrowsAny<ReferenceException>(() => Restore(Cache(), "nuget: Fitting, 2.1.0"));
        var none = Assert.ThrowsAny<ReferenceException>(() => Restore(Cache(), "nuget: TooNew"));

        Assert.Equal("1.5.0", restored.Versions["Fitting"].ToString());
        Assert.StartsWith("could not restore Fitting 2.1.0: NU1202: Package Fitting 2.1.0 is not compatible with net10.0", asked.Message, StringComparison.Ordinal);
        Assert.EndsWith("Specify an older version, or none for the latest compatible one.", asked.Message, StringComparison.Ordinal);
        Assert.StartsWith("could not restore TooNew [*, 3.0.0): NU1102", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_is_not_evaluated_by_MSBuild()
    {
        var source = Directory.CreateDirectory(_folder["a $(MSBuildProjectName) @(x) 100%25"]).FullName;

        Restore(Cache(), Json, source);

        var sources = JsonNode.Parse(File.ReadAllText(Assert.Single(Entries())))!["project"]!["restore"]!["sources"]!.AsObject();
        Assert.Contains(source, sources.Select(entry => entry.Key));
    }

    public void Dispose() => _folder.Dispose();

    private UserCache Cache() => new(
        _folder["cache"], Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), [Path.GetTempPath()], _said.Add);

    private string[] Entries() => Directory.GetFileSystemEntries(_folder["cache/deepnotes/packages"]);

    private static RestoredPackages Restore(UserCache cache, string reference, params string[] sources) =>
        new PackageRestore(cache).Restore([PackageReference.Parse(reference)], sources, CancellationToken.None);
}
