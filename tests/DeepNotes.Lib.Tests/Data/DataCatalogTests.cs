namespace DeepNotes.Tests.Data;

public sealed class DataCatalogTests
{
    [Fact]
    public void Every_entry_is_described_and_can_be_got_by_its_name()
    {
        var entries = DataCatalog.EntriesAt(new DataLocations(null, "nowhere", GeneratedOnly: true, Offline: true));

        Assert.Equal(["mnist", "digits", "cifar10", "shapes"], entries.Select(entry => entry.Name));
        Assert.Equal(11_594_722, entries[0].DownloadBytes);
        Assert.All(
            entries,
            entry => Assert.All([entry.Title, entry.Shapes, entry.Origin, entry.Licence, entry.State], Assert.NotEmpty));
        Assert.Equal("made by the library, nothing to fetch", DataCatalog.Get("digits"));
        Assert.Equal("made by the library, nothing to fetch", DataCatalog.Get("shapes"));
    }

    [Fact]
    public void An_error_for_an_unknown_name_lists_the_known_ones() => Assert.Contains(
        "'cifar': expected mnist or digits or cifar10 or shapes",
        Assert.Throws<ArgumentException>(() => DataCatalog.Get("cifar")).Message,
        StringComparison.Ordinal);
}
