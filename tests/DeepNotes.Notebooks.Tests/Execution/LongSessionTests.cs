using System.Globalization;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class LongSessionTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    private const int Early = 30;
    private const int Late = 70;
    private const int MostBytesPerCell = 200_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cell_takes_little_memory_even_after_many_cells(bool withCompletions)
    {
        await using var session = await fixture.StartAsync();

        await RunAsync(session, 1, Early, withCompletions);
        var early = await LiveBytesAsync(session);
        await RunAsync(session, Early + 1, Late, withCompletions);
        var late = await LiveBytesAsync(session);

        Assert.InRange((late - early) / (Late - Early), 0, MostBytesPerCell);
        Assert.Equal("70", await session.EvaluateAsync("F1(0) + number69", null));
        Assert.Contains((await session.CompleteAsync("number6", 7)).Items, item => item.Text == "number69");
        Assert.Contains((await session.CompleteAsync("F", 1)).Items, item => item.Text == "F1");
    }

    [Fact]
    public async Task A_cell_that_is_executed_again_releases_its_old_data()
    {
        for (var i = 0; i < 5; i++)
        {
            await fixture.RunAsync("var data = new byte[100_000_000]; var (first, second) = (data, data); data.Length");
        }

        Assert.InRange(await LiveBytesAsync(fixture.Session), 100_000_000, 199_000_000);
    }

    private static async Task RunAsync(SessionProcess session, int first, int last, bool withCompletions)
    {
        for (var i = first; i <= last; i++)
        {
            var (result, _) = await SessionFixture.RunAsync(session, i % 2 == 0 ? $"F{i - 1}(number{i - 1})" : $"var number{i} = {i}; int F{i}(int x) => x + 1;");
            Assert.Null(result.Error);
            if (withCompletions && i % 5 == 0)
            {
                await session.CompleteAsync("Math.", 5);
            }
        }
    }

    private static async Task<long> LiveBytesAsync(SessionProcess session) =>
        long.Parse((await session.EvaluateAsync("GC.GetTotalMemory(forceFullCollection: true)", null))!, CultureInfo.InvariantCulture);
}
