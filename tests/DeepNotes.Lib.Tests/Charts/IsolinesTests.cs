namespace DeepNotes.Tests.Charts;

public sealed class IsolinesTests
{
    private static readonly double[,] Hill = { { 0, 0, 0 }, { 0, 4, 0 }, { 0, 0, 0 } };

    [Fact]
    public void A_peak_has_one_closed_contour()
    {
        var line = Assert.Single(Of(Hill).At(2));
        Assert.Equal([(0.5, 1), (1, 0.5), (1, 1.5), (1.5, 1)], line.Select(point => (point.X, point.Y)).Order());
        Assert.All(line, point => Assert.False(point.IsOnRim));
    }

    [Fact]
    public void The_whole_grid_is_bounded_by_its_rim()
    {
        var rim = Assert.Single(Of(Hill).At(double.MinValue));
        Assert.All(rim, point => Assert.True(point is { IsOnRim: true } && (point.X is 0 or 2 || point.Y is 0 or 2)));
    }

    [Fact]
    public void There_is_no_contour_above_the_maximum() => Assert.Empty(Of(Hill).At(5));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void A_saddle_is_joined_where_its_middle_is_high(double level, int outlines) =>
        Assert.Equal(outlines, Of(new double[,] { { 4, 0 }, { 0, 4 } }).At(level).Count());

    [Fact]
    public void A_missing_value_is_a_hole()
    {
        double[,] z = { { 1, 1, 1 }, { 1, double.NaN, 1 }, { 1, 1, 1 } };
        Assert.Equal(2, Of(z).At(0).Count());
    }

    private static Isolines Of(double[,] z) => new(
        HeatmapCells.Of(z), [.. Enumerable.Range(0, z.GetLength(1)).Select(i => (double)i)],
        [.. Enumerable.Range(0, z.GetLength(0)).Select(i => (double)i)]);
}
