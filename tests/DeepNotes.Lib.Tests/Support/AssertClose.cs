namespace DeepNotes.Tests.Support;

public static class AssertClose
{
    /// <summary>
    /// max |actual - expected| ≤ tolerance · max |expected|, shapes equal. Where what is expected is a difference that may be small or
    /// 0, the <paramref name="terms"/> are how large the numbers are that it is the difference of.
    /// </summary>
    public static void Equal(GoldenArray expected, Tensor actual, double tolerance, string what, double terms = 0)
    {
        Assert.Equal<Shape>(expected.Shape, actual.Shape);
        Equal(expected.Values, [.. actual.ToArray()], tolerance, what, terms);
    }

    /// <inheritdoc cref="Equal(GoldenArray, Tensor, double, string, double)"/>
    public static void Equal(double[] expected, double[] actual, double tolerance, string what, double terms = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Select(Math.Abs).Append(terms).Max();
        for (var i = 0; i < expected.Length; i++)
        {
            // The message is made only where it is needed: there are millions of elements.
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * scale))
            {
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, expected {expected[i]:R} within {tolerance * scale:G2}");
            }
        }
    }
}
