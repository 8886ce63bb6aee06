namespace DeepNotes.Tests.Support;

public static class AssertClose
{
    /// <summary>max |actual - expected| ≤ tolerance · max(1, max |expected|), shapes equal.</summary>
    public static void Equal(GoldenArray expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal<Shape>(expected.Shape, actual.Shape);
        Equal(expected.Values, [.. actual.ToArray()], tolerance, what);
    }

    public static void Equal(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
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
