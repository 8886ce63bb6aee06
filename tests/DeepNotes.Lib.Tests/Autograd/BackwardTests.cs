namespace DeepNotes.Tests.Autograd;

public sealed class BackwardTests
{
    [Fact]
    public void Gradients_add_up_over_uses_and_passes_until_cleared()
    {
        var x = Tensor.From(3f).RequireGradient();
        (x * x + x).Sum().Backward();
        Assert.Equal(7, x.Gradient!.ToSingle());
        (2 * x).Sum().Backward();
        Assert.Equal(9, x.Gradient!.ToSingle());
        x.ClearGradient();
        Assert.Null(x.Gradient);
    }

    [Fact]
    public void The_tape_is_released_unless_kept()
    {
        var x = Tensor.From(3f).RequireGradient();
        var y = x.Square().Sum();
        y.Backward(keepTape: true);
        y.Backward();
        Assert.Equal(12, x.Gradient!.ToSingle());
        var error = Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.Contains("keepTape", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_intermediate_keeps_its_gradient_when_asked()
    {
        var x = Tensor.From(3f).RequireGradient();
        var (asked, other) = (x.Square().RequireGradient(), x.Exp());
        (asked + other).Sum().Backward();
        Assert.Equal(1, asked.Gradient!.ToSingle());
        Assert.Null(other.Gradient);
    }

    [Fact]
    public void Only_a_scalar_needs_no_upstream_gradient()
    {
        var y = Tensor.Ones([2, 3]).RequireGradient() * 2;
        Assert.Contains("[2, 3]", Assert.Throws<ShapeException>(() => y.Backward()).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => y.Backward(Tensor.Ones([3, 2])));
    }

    [Fact]
    public void Without_a_leaf_that_requires_it_there_is_no_gradient() =>
        Assert.Throws<InvalidOperationException>(() => Tensor.Ones([2]).Sum().Backward());

    [Fact]
    public void Nothing_is_recorded_while_recording_is_paused()
    {
        var x = Tensor.From(3f).RequireGradient();
        using (Recording.Pause())
        {
            Assert.False(x.Square().RequiresGradient);
        }

        Assert.True(x.Square().RequiresGradient);
    }

    [Fact]
    public void A_chain_of_fifty_thousand_operations_does_not_overflow_the_stack()
    {
        var x = Tensor.From(1f).RequireGradient();
        var y = x;
        for (var i = 0; i < 50_000; i++)
        {
            y += 1;
        }

        y.Sum().Backward();
        Assert.Equal(1, x.Gradient!.ToSingle());
    }

    [Fact]
    public void A_pullback_of_the_wrong_shape_is_named()
    {
        var x = Tensor.Ones([2, 3]).RequireGradient();
        var y = Tensor.Record("Mine", Tensor.Ones([2]), [x], _ => [Tensor.Ones([4])]);
        var error = Assert.Throws<ShapeException>(() => y.Sum().Backward());
        Assert.Contains("Mine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_check_catches_a_wrong_derivative()
    {
        static Tensor Wrong(IReadOnlyList<Tensor> x) => Tensor.Record("Wrong", x[0].Detach().Square(), [x[0]], dy => [dy * x[0] * 2.004f]);
        Assert.True(GradientCheck.LargestError(Wrong, [Tensor.Uniform([4, 3], 1, 2)]) > 1e-3);
    }
}
