namespace DeepNotes.Tests.Display;

/// <summary>What a notebook host offers is found by name in the application domain, so these tests run alone.</summary>
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
    public void A_shown_value_is_replaced_in_its_place()
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
    public void Proofs_show_themselves_also_when_they_fail()
    {
        Prove.True(true, "holds");
        Assert.Throws<ProofException>(() => Prove.True(false, "fails"));
        Assert.Equal([true, false], _shown.Cast<Proof>().Select(proof => proof.Holds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_training_shows_a_bar_and_leaves_its_history(bool showsProgress)
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

    public void Dispose()
    {
        AppDomain.CurrentDomain.SetData(Live.SinkName, null);
        AppDomain.CurrentDomain.SetData(Live.CancellationName, null);
    }
}
