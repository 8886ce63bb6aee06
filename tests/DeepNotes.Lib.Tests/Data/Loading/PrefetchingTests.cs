namespace DeepNotes.Tests.Data;

public sealed class PrefetchingTests
{
    private bool _hasEnded;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Elements_keep_their_order(int capacity) =>
        Assert.Equal(Enumerable.Range(0, 50), Source(50).Prefetched(capacity));

    [Fact]
    public void A_loop_that_is_left_ends_the_thread()
    {
        foreach (var element in Source(int.MaxValue).Prefetched(2))
        {
            if (element == 5)
            {
                break;
            }
        }

        Assert.True(_hasEnded);
    }

    [Fact]
    public void A_failure_is_rethrown_after_earlier_elements_with_its_stack_trace()
    {
        using var elements = Broken().Prefetched(3).GetEnumerator();

        Assert.True(elements.MoveNext() && elements.Current == 0);
        Assert.True(elements.MoveNext() && elements.Current == 1);
        var failure = Assert.Throws<InvalidOperationException>(() => elements.MoveNext());
        Assert.Contains(nameof(Broken), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_the_capacity_is_produced_in_advance()
    {
        var made = new List<int>();
        using var elements = Counted().Prefetched(3).GetEnumerator();
        elements.MoveNext();

        SpinWait.SpinUntil(() => made.Count >= 5, TimeSpan.FromMilliseconds(200));

        // One in use, three queued, one held by the producer.
        Assert.InRange(made.Count, 1, 5);

        IEnumerable<int> Counted()
        {
            for (var i = 0; ; i++)
            {
                made.Add(i);
                yield return i;
            }
        }
    }

    private IEnumerable<int> Source(int count)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                yield return i;
            }
        }
        finally
        {
            _hasEnded = true;
        }
    }

    private static IEnumerable<int> Broken()
    {
        yield return 0;
        yield return 1;
        throw new InvalidOperationException("out of numbers");
    }
}
