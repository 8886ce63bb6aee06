using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// A convolution and its gradients just below, at and above every size at which the code path changes, for each vector width:
/// filters per tile (4, 8), output positions per panel (12, 24, 48), taps per strip (8), filters per vector (4, 8, 16), rows long enough to hold
/// positions in the lanes (128, 256, 512), rows of half a vector (2, 4, 8), and batches of planes larger than one block.
/// </summary>
public sealed class ConvolutionEdgeTests
{
    // images, channels, filters, height, width, kernel, stride, padding, groups
    public static TheoryData<int[]> Shapes()
    {
        var shapes = new TheoryData<int[]>();
        shapes.AddRange([.. Filters.Select(filters => new[] { 2, 3, filters, 5, 6, 3, 1, 1, 1 })]);
        shapes.AddRange([.. Places.Select(width => new[] { 2, 2, 5, 1, width, 1, 1, 0, 1 })]);
        shapes.AddRange([.. Places.Select(width => new[] { 1, 2, 5, 3, width + 2, 3, 1, 0, 1 })]);
        shapes.AddRange([.. Taps.Select(channels => new[] { 3, channels, 5, 4, 5, 1, 1, 0, 1 })]);
        shapes.AddRange([.. Sides.Select(side => new[] { 2, 3, 7, side, side + 1, 3, 2, 1, 1 })]);
        shapes.AddRange([.. Sides.Select(side => new[] { 1, 3, 6, side, side, 2, 3, 0, 3 })]);

        // Few filters and long rows: with a stride, in groups, and just too short.
        shapes.AddRange([.. Filters[..11].Select(filters => new[] { 2, 3, filters, 27, 28, 3, 1, 1, 1 })]);
        shapes.AddRange([[2, 3, 6, 57, 58, 5, 2, 2, 1], [2, 6, 6, 40, 41, 3, 1, 1, 3], [1, 2, 5, 1, 520, 1, 1, 0, 1], [2, 2, 5, 1, 511, 1, 1, 0, 1]]);

        // Rows of half a vector: an even number, an odd number and a single one.
        shapes.AddRange([.. HalfVectors.SelectMany(width => Heights.Select(height => new[] { 2, 3, 9, height, width, 3, 1, 1, 1 }))]);
        shapes.AddRange([.. HalfVectors.Select(width => new[] { 3, 4, 17, 7, width + 4, 5, 1, 0, 1 })]);

        // Adjacent taps in groups of three, for a whole number of strips (8, 24) and with a remainder.
        shapes.AddRange([.. new[] { 1, 2, 3, 5, 8 }.Select(channels => new[] { 2, channels, 7, 5, 6, 3, 1, 1, 1 })]);
        shapes.AddRange([[2, 4, 3, 8, 9, 6, 1, 2, 1], [2, 6, 8, 7, 6, 3, 1, 1, 2], [2, 3, 4, 9, 9, 3, 2, 1, 1]]);

        // More rows, and a longer row, than one partial sum holds.
        shapes.AddRange([[1, 2, 33, 300, 8, 3, 1, 1, 1], [1, 1, 17, 3, 2100, 3, 1, 1, 1]]);

        // Sums over half a million positions.
        shapes.AddRange([[3, 1, 2, 690, 691, 3, 1, 1, 1], [2, 3, 1, 601, 602, 2, 1, 0, 1]]);

        // Two images per block and a third; an image larger than a block; some hundred images of small planes.
        shapes.AddRange([[3, 60, 1, 90, 91, 2, 1, 1, 1], [2, 130, 1, 91, 92, 2, 1, 0, 1], [260, 4, 1, 31, 30, 2, 1, 1, 1]]);
        return shapes;
    }

    private static int[] Filters => [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49];

    private static int[] Places => [1, 3, 4, 5, 11, 12, 13, 23, 24, 25, 47, 48, 49, 95, 96, 97];

    private static int[] Taps => [1, 3, 4, 5, 7, 8, 9, 16, 17];

    private static int[] HalfVectors => [2, 4, 8];

    private static int[] Heights => [1, 2, 3, 6, 7, 13];

    private static int[] Sides => [3, 4, 5, 8, 9, 13];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Value_and_gradients_equal_direct_summation(int[] shape)
    {
        var (images, channels, filters, kernel) = (shape[0], shape[1], shape[2], shape[5]);
        var (stride, padding, groups) = (shape[6], shape[7], shape[8]);
        var x = Tensor.Uniform([images, channels, shape[3], shape[4]], -1, 1, seed: 1).RequireGradient();
        var w = Tensor.Uniform([filters, channels / groups, kernel, kernel], -1, 1, seed: 2).RequireGradient();
        var y = x.Convolve(w, stride, padding, groups: groups);
        var dy = Tensor.Uniform(y.Shape, -1, 1, seed: 3);
        y.Backward(dy);

        var sums = new ConvolutionSums(x, w, dy, stride, padding, groups);
        AssertClose.Equal(sums.Value, [.. y.ToArray()], 1e-5, "value");
        AssertClose.Equal(sums.InputGradient, [.. x.Gradient!.ToArray()], 1e-5, "gradient of the input");
        AssertClose.Equal(sums.WeightGradient, [.. w.Gradient!.ToArray()], 1e-5, "gradient of the weights");
    }
}
