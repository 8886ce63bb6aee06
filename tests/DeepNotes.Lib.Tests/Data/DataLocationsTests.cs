namespace DeepNotes.Tests.Data;

public sealed class DataLocationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_cache_is_that_of_the_repository_from_any_folder_in_it()
    {
        _folder.File("DeepNotes.sln", []);
        var below = Directory.CreateDirectory(_folder.File("notebooks/deep")).FullName;

        Assert.Equal(Path.Combine(_folder.Path, "data", "cache"), DataLocations.From(null, null, below).Cache);
    }

    [Fact]
    public void Outside_a_repository_the_cache_is_that_of_the_user()
    {
        var cache = DataLocations.From(null, null, _folder.Path).Cache;

        Assert.True(Path.IsPathRooted(cache));
        Assert.EndsWith(Path.Combine("DeepNotes", "data"), cache, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_folder_is_relative_to_the_current_one()
    {
        Directory.CreateDirectory(_folder.File("mine"));
        Assert.Equal(_folder.File("mine"), DataLocations.From("mine", null, _folder.Path).Folder);
    }

    [Theory]
    [InlineData(null, null, false, false, 1)]
    [InlineData("", "0", false, false, 1)]
    [InlineData("generated", "1", true, true, 0)]
    [InlineData(".", "1", false, true, 2)]
    public void The_environment_determines_where_to_search(string? data, string? offline, bool generated, bool isOffline, int folders)
    {
        var locations = DataLocations.From(data, offline, _folder.Path);

        Assert.Equal((generated, isOffline), (locations.GeneratedOnly, locations.Offline));
        Assert.Equal(folders, locations.FoldersOf("mnist").Count());
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named() => Assert.Contains(
        _folder.File("typo"),
        Assert.Throws<DirectoryNotFoundException>(() => DataLocations.From("typo", null, _folder.Path)).Message,
        StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
