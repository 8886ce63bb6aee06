namespace DeepNotes.Tests.Display;

/// <summary>A host is looked up by name in the application domain, so these tests do not run in parallel with others.</summary>
[CollectionDefinition(nameof(LiveTests), DisableParallelization = true)]
[Collection(nameof(LiveTests))]
public sealed class LiveTests : IDisposable
{
    private static readonly Dataset Points = new(Tensor.Normal([40, 2], seed: 1), [.. Enumerable.Range(0, 40).Select(i => i % 2)]);

    private readonly List<object> _shown = [];

    public LiveTests() => AppDomain.CurrentDomain.SetData(Live.SinkName, (Func<object, Action<object>>)(value =>
    {
        var place = _shown.Count;
        _shown.Add(value);
        return next => _shown[place] = next;
    }));

    [Fact]
    public void A_displayed_value_is_replaced_in_place()
    {
        var first = Live.Show("one");
        Live.Show("two");
        first.Update("three");
        Assert.Equal(["three", "two"], _shown);
    }

    [Fact]
    public void Without_a_host_nothing_happens()
    {
        AppDomain.CurrentDomain.SetData(Live.SinkName, null);
        Live.Show("one").Update("two");
        Assert.False(Live.HasSink);
        Assert.Empty(_shown);
    }

    [Fact]
    public void Proofs_of_a_cell_share_a_line_and_those_of_the_next_cell_another()
    {
        BeginCell();
        Prove.True(true, "one holds");
        Assert.Equal("✓ one holds", Summary(_shown[0]));
        Prove.True(true, "two holds");
        Assert.Equal("✓ 2 checks", Summary(Assert.Single(_shown)));

        BeginCell();
        Prove.True(true, "three holds");
        Assert.Throws<ProofException>(() => Prove.True(false, "four holds"));
        Assert.Equal(["✓ 2 checks", "✗ 1 of 2 checks failed: four holds"], _shown.Select(Summary));
        Assert.Contains("<details class=\"deepnotes-proofs\" open>", ((IDisplayable)_shown[1]).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deliberate_error_that_is_detected_is_one_check_that_holds()
    {
        BeginCell();
        Prove.Fails("twice the gradient is noticed", () => Prove.Close(2, 1, 0.1, "the gradient is 1"));
        Assert.Equal("✓ twice the gradient is noticed", Summary(Assert.Single(_shown)));
        Assert.Contains("noticed by “the gradient is 1”: 2 against 1", ((IDisplayable)_shown[0]).ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<ProofException>(() => Prove.Fails("an unnoticed fault", () => Prove.Close(1, 1, 0.1, "the gradient is 1")));
    }

    [Fact]
    public void An_experiment_shows_a_bar_and_then_its_table()
    {
        var result = new Experiment("loss", "all") { Grid = [1, 2] }.Run(new Competitor("one", (setting, seed) => setting + seed));
        Assert.Equal([result], _shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_training_shows_a_bar_and_then_its_history(bool showsProgress)
    {
        var trainer = new Trainer(new Linear(2, 2, seed: 1), new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = showsProgress };
        var history = trainer.Fit(Points, epochs: 2, batchSize: 10);
        Assert.Equal(showsProgress ? [history] : [], _shown);
    }

    [Fact]
    public void A_live_chart_grows_in_one_place()
    {
        var trainer = new Trainer(new Linear(2, 2, seed: 1), new SGD(0.1f), Loss.CrossEntropy) { ShowsProgress = false, Callbacks = [new LiveChart(TimeSpan.Zero)] };
        trainer.Fit(Points, epochs: 2, batchSize: 10);
        Assert.Contains("batch: line, 8 points", Assert.IsType<Chart>(Assert.Single(_shown)).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_cell_stops_its_training()
    {
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        AppDomain.CurrentDomain.SetData(Live.CancellationName, interrupted.Token);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new Trainer(new Linear(2, 2, seed: 1), new SGD(0.1f), Loss.CrossEntropy).Fit(Points, epochs: 1));
    }

    private static void BeginCell() => AppDomain.CurrentDomain.SetData(Live.CancellationName, new CancellationTokenSource().Token);

    private static string Summary(object shown) =>
        System.Net.WebUtility.HtmlDecode(((IDisplayable)shown).ToHtml().Split("<summary>")[1].Split("</summary>")[0]);

    public void Dispose()
    {
        AppDomain.CurrentDomain.SetData(Live.SinkName, null);
        AppDomain.CurrentDomain.SetData(Live.CancellationName, null);
    }
}
