using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Functions;

/// <summary>The exponential of sixteen values against the one in double precision of .NET.</summary>
public sealed class ExpTests
{
    [Fact]
    public void It_is_within_two_units_of_the_last_place_from_the_smallest_to_the_largest_result()
    {
        for (var x = -104.5f; x < 88.72f; x += 1 / 1024f)
        {
            var exact = Math.Exp(x);
            var unit = Math.Max(Math.Pow(2, Math.Floor(Math.Log2(exact)) - 23), float.Epsilon);
            Assert.True(Math.Abs(Of(x) - exact) <= 2 * unit, $"e^{x} = {exact:r}, got {Of(x):r}");
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0f, 1)]
    [InlineData(89, float.PositiveInfinity)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(-105, 0)]
    [InlineData(float.MinValue, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(float.NaN, float.NaN)]
    public void Its_ends_are_exact(float x, float y) => Assert.Equal(y, Of(x));

    private static float Of(float x) => default(Exp).F(Vector512.Create(x))[7];
}
