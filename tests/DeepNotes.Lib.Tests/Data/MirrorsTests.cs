using System.Security.Cryptography;

namespace DeepNotes.Tests.Data;

public sealed class MirrorsTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i))];
    private static readonly RemoteFile Wanted = new("file.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _end = new();

    public static TheoryData<string, string> Failures => new()
    {
        { "404", "404" },
        { "other content", $"SHA-256 {Wanted.Sha256} expected, got" },
        { "too short", "200000 bytes expected, got 199999" },
        { "too long", "200000 bytes expected, got more" },
        { "cut", "127.0.0.1" },
    };

    [Fact]
    public void A_good_file_is_stored_with_progress_and_not_fetched_again()
    {
        using var server = LocalServer.Sending(Content);
        var steps = new List<DownloadProgress>();

        Fetch([server], new Progress(steps.Add));
        Fetch([server], new Progress(steps.Add));

        Assert.Equal(Content, File.ReadAllBytes(_folder.File(Wanted.Name)));
        Assert.Equal(1, server.Requests);
        Assert.Equal(new DownloadProgress(Wanted.Name, Content.Length, Content.Length), steps[^1]);
        Assert.Equal(steps.OrderBy(step => step.Received), steps);
    }

    [Theory]
    [InlineData("404")]
    [InlineData("other content")]
    [InlineData("too short")]
    [InlineData("too long")]
    [InlineData("cut")]
    public void A_failing_mirror_is_followed_by_the_next(string kind)
    {
        using var broken = Server(kind);
        using var good = LocalServer.Sending(Content);

        Fetch([broken, good]);

        Assert.Equal([_folder.File(Wanted.Name)], Directory.GetFiles(_folder.Path));
        Assert.Equal(Content, File.ReadAllBytes(_folder.File(Wanted.Name)));
        Assert.Equal((1, 1), (broken.Requests, good.Requests));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void If_all_mirrors_fail_each_reason_is_given_and_nothing_is_kept(string kind, string reason)
    {
        using var gone = LocalServer.Refusing(503);
        using var broken = Server(kind);

        var error = Assert.Throws<DownloadException>(() => Fetch([gone, broken]));

        Assert.Contains("503", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_silent_mirror_is_skipped_after_the_time_limit()
    {
        using var silent = LocalServer.Silent(_end.Token);

        var error = Assert.Throws<DownloadException>(() => Fetch([silent], seconds: 0.3));

        Assert.Contains("no answer within the time limit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_but_wrong_is_replaced()
    {
        using var server = LocalServer.Sending(Content);
        _folder.File(Wanted.Name, [1, 2, 3]);

        Fetch([server]);

        Assert.Equal(Content, File.ReadAllBytes(_folder.File(Wanted.Name)));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var server = LocalServer.Sending(Content);
        var folder = Path.Combine(_folder.File("a file", [1]), "below");

        var error = Assert.Throws<DownloadException>(() => Mirrors([server]).Fetch([Wanted], folder, null, default));

        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public void Cancelling_stops_it_and_keeps_nothing()
    {
        using var server = LocalServer.Sending(Content);
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(_ => cancellation.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(
            () => Mirrors([server]).Fetch([Wanted], _folder.Path, progress, cancellation.Token));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _folder.Dispose();
    }

    private static Mirrors Mirrors(LocalServer[] servers, double seconds = 60) =>
        new([.. servers.Select(server => server.Address)], TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(60));

    private void Fetch(LocalServer[] servers, IProgress<DownloadProgress>? progress = null, double seconds = 60) =>
        Mirrors(servers, seconds).Fetch([Wanted], _folder.Path, progress, default);

    private static LocalServer Server(string kind) => kind switch
    {
        "404" => LocalServer.Refusing(404),
        "other content" => LocalServer.Sending([.. Content.Reverse()]),
        "too short" => LocalServer.Sending(Content[..^1]),
        "too long" => LocalServer.Sending([.. Content, .. Content]),
        _ => LocalServer.CuttingAfter(Content, 100_000),
    };

    private sealed class Progress(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
