namespace DeepNotes.Tests.Support;

public static class AssertClose
{
    /// <summary>
    /// Asserts equal shapes and max |actual - expected| ≤ tolerance · max(max |expected|, <paramref name="terms"/>). Where the expected
    /// value is a difference that may cancel, <paramref name="terms"/> is the magnitude of its terms.
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
            // Formatted on failure only: there are millions of elements.
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * scale))
            {
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, expected {expected[i]:R} within {tolerance * scale:G2}");
            }
        }
    }
}
