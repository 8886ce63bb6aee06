using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends.Plain;

/// <summary>Properties of the plain backend that make it a reference for the others; OperationTests compares it with PyTorch.</summary>
public sealed class PlainBackendTests
{
    [Fact]
    public void Uninitialised_memory_is_NaN()
    {
        var values = new float[3];
        Device.Plain.Backend.Download(Device.Plain.Backend.Allocate(3), values);
        Assert.All(values, value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void Its_buffers_are_refused_by_the_CPU_backend() =>
        Assert.Throws<InvalidOperationException>(() => Device.Cpu.Backend.Fill(Device.Plain.Backend.Allocate(3), 1));

    // A running float32 sum of ones stops growing at 2²⁴.
    [Fact]
    public void A_long_dot_product_is_summed_in_double()
    {
        using var chosen = Device.Plain.Use();
        const int Count = (1 << 24) + 10;
        Assert.Equal(Count, Tensor.Ones([1, Count]).MatMul(Tensor.Ones([Count, 1])).ToSingle());
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 2, 2)]
    [InlineData(1, 1, 3)]
    public void A_convolution_and_its_gradients_equal_direct_summation(int stride, int padding, int groups)
    {
        using var chosen = Device.Plain.Use();
        var x = Tensor.Normal([2, 2 * groups, 7, 6], seed: 1).RequireGradient();
        var w = Tensor.Normal([3 * groups, 2, 3, 2], seed: 2).RequireGradient();
        var y = x.Convolve(w, stride, padding, groups: groups);
        var dy = Tensor.Normal(y.Shape, seed: 3);
        y.Backward(dy);
        var sums = new ConvolutionSums(x, w, dy, stride, padding, groups);
        AssertClose.Equal(sums.Value, [.. y.ToArray()], 1e-7, "value");
        AssertClose.Equal(sums.InputGradient, [.. x.Gradient!.ToArray()], 1e-6, "input's gradient");
        AssertClose.Equal(sums.WeightGradient, [.. w.Gradient!.ToArray()], 1e-7, "weights' gradient");
    }

    [Fact]
    public void A_row_with_an_infinity_has_no_softmax()
    {
        using var chosen = Device.Plain.Use();
        Assert.All(Tensor.From([float.PositiveInfinity, 0], [1, 2]).LogSoftmax().ToArray(), value => Assert.Equal(float.NaN, value));
    }
}
