namespace DeepNotes.Tests.Charts;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0, 10, 6, false, "0 2 4 6 8 10")]
    [InlineData(-1, 1, 5, false, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0.02, 0.11, 5, false, "0.02 0.04 0.06 0.08 0.10")]
    [InlineData(1, 3, 8, true, "1 2 3")]
    [InlineData(0, 45000, 5, false, "0 10,000 20,000 30,000 40,000")]
    [InlineData(0, 3e7, 3, false, "0 10⁷ 2·10⁷ 3·10⁷")]
    [InlineData(0, 2e-5, 3, false, "0 10⁻⁵ 2·10⁻⁵")]
    public void Linear_ticks_are_multiples_of_1_2_or_5(double min, double max, int most, bool integers, string expected) =>
        Assert.Equal(expected, Text(Ticks.Linear(min, max, most, integers)));

    [Theory]
    [InlineData(0.01, 100, 9, "0.01 0.1 1 10 100")]
    [InlineData(1e-6, 1, 9, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰")]
    [InlineData(1e-6, 1, 4, "10⁻⁶ 10⁻⁴ 10⁻² 10⁰")]
    [InlineData(1, 20, 9, "1 2 5 10 20")]
    [InlineData(2, 4, 9, "2 3 4")]
    public void Logarithmic_ticks_are_decades_thinned_or_divided(double min, double max, int most, string expected) =>
        Assert.Equal(expected, Text(Ticks.Logarithmic(min, max, most)));

    [Theory]
    [InlineData(138357544, "1.384e8")]
    [InlineData(-94.53219, "-94.53")]
    [InlineData(0.000123456, "0.0001235")]
    [InlineData(12345, "12345")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    public void Short_numbers_have_four_digits(double value, string expected) =>
        Assert.Equal(expected, ShortNumber.Format(value));

    private static string Text(IEnumerable<Tick> ticks) => string.Join(' ', ticks.Select(tick => tick.Label));
}
