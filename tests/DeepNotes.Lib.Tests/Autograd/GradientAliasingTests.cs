using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>The gradients of a backward pass alias neither each other nor any tensor of the caller.</summary>
public sealed class GradientAliasingTests
{
    public static TheoryData<string> Names() => [.. Operations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradients_of_every_operation_share_no_memory(string name)
    {
        var row = Operations.Golden[name];
        Tensor[] inputs = [.. row.Inputs.Select(input => input.ToTensor().RequireGradient())];
        var (value, dy) = (Operations.All[name](inputs), row.Upstream.ToTensor());
        value.RequireGradient();
        var byHand = value.Source is null ? [] : value.Pullback(dy).OfType<Tensor>();
        value.Backward(dy, keepTape: true);
        var again = Tensor.Gradients(value, inputs, dy, keepTape: true);
        var recorded = Tensor.Gradients(value, inputs, dy, createGraph: true);
        AssertApart([dy, value.Gradient!, .. inputs.Select(input => input.Gradient!), .. byHand, .. again, .. recorded], [.. inputs, value]);
    }

    [Fact]
    public void The_gradients_of_two_reshaped_parameters_share_no_memory()
    {
        var (p, q) = (new Parameter([4], DeepNotes.Initializers.Ones, 1), new Parameter([4], DeepNotes.Initializers.Ones, 2));
        var gradients = new SGD(1).ComputeGradients((p.Value.Reshape(2, 2) + q.Value.Reshape(2, 2).Expand([2, 2])).Sum(), [p, q]);
        gradients[0].Gradient.Assign(Tensor.Zeros([4]));
        Assert.Equal([1f, 1, 1, 1], gradients[1].Gradient.ToArray());
    }

    [Fact]
    public void An_upstream_gradient_shares_no_memory_with_the_gradient()
    {
        var x = Tensor.Ones([2, 2]).RequireGradient();
        var dy = Tensor.From(1, 2, 3, 4f);
        var y = x.Reshape(4);
        y.Backward(dy);
        x.Gradient!.Assign(Tensor.Zeros([2, 2]));
        Assert.Equal([1f, 2, 3, 4], dy.ToArray());
        dy.Assign(Tensor.Ones([4]));
        Assert.Equal([0f, 0, 0, 0], x.Gradient!.ToArray());

        x.ClearGradient();
        x.Backward(Tensor.Ones([2, 2]));
        x.Gradient!.Assign(Tensor.Zeros([2, 2]));
    }

    [Fact]
    public void A_tensor_returned_by_a_custom_pullback_is_not_modified()
    {
        var (x, held) = (Tensor.Ones([2]).RequireGradient(), Tensor.From(5, 6f));
        Tensor.Record("Mine", Tensor.Ones([2]), [x], _ => [held]).Sum().Backward();
        x.Gradient!.Assign(Tensor.Zeros([2]));
        Assert.Equal([5f, 6], held.ToArray());
    }

    [Fact]
    public void Accumulating_a_gradient_does_not_modify_the_previous_tensor()
    {
        var x = Tensor.Ones([2]).RequireGradient();
        x.Sum().Backward();
        var before = x.Gradient!;
        x.Sum().Backward();
        Assert.Equal([1f, 1], before.ToArray());
        before.Assign(Tensor.Zeros([2]));
        Assert.Equal([2f, 2], x.Gradient!.ToArray());
    }

    [Fact]
    public void The_gradient_of_an_intermediate_result_shares_no_memory_with_that_of_its_input()
    {
        var x = Tensor.Ones([2]).RequireGradient();
        var sum = (x + 0 * x).RequireGradient();
        sum.Backward(Tensor.From(3, 4f));
        sum.Gradient!.Assign(Tensor.Zeros([2]));
        Assert.Equal([3f, 4], x.Gradient!.ToArray());
    }

    // Regression: the parts of a split shared a gradient buffer between the pullback and the pass that followed.
    [Fact]
    public void Calling_a_pullback_by_hand_does_not_affect_a_later_pass()
    {
        var x = Tensor.Ones([4]).RequireGradient();
        var parts = x.Split(0, 2);
        Assert.Equal([7f, 8, 0, 0], parts[0].Pullback(Tensor.From(7, 8f))[0]!.ToArray());
        (parts[0] * 2 + parts[1] * 3).Sum().Backward();
        Assert.Equal([2f, 2, 3, 3], x.Gradient!.ToArray());
    }

    [Fact]
    public void Positions_that_change_later_do_not_change_the_gradient()
    {
        var x = Tensor.Ones([3]).RequireGradient();
        int[] rows = [0, 2];
        var y = x.Rows(rows).Sum();
        rows[0] = 1;
        y.Backward();
        Assert.Equal([1f, 0, 1], x.Gradient!.ToArray());
    }

    // As in PyTorch: tied weights are updated once, by the sum of the gradients of both uses.
    [Fact]
    public void A_shared_weight_is_updated_once()
    {
        var (layer, other) = (new Linear(2, 2, bias: false, seed: 1), new Linear(2, 2, bias: false, seed: 2));
        other.Weight.Bind(layer.Weight.Value);
        Sequential net = [layer, layer, other];
        var x = Tensor.Ones([1, 2]);
        var before = layer.Weight.Value.ToArray();
        var optimizer = new SGD(0.5f, 0.9f);
        var gradients = optimizer.ComputeGradients(net.Forward(x).Sum(), net.Parameters);
        var slopes = Assert.Single(gradients).Gradient.ToArray();
        optimizer.ApplyGradients(gradients);
        Assert.Equal(before.Zip(slopes, (w, g) => w - 0.5f * g), layer.Weight.Value.ToArray());
    }

    [Fact]
    public void The_state_of_an_optimizer_shares_no_memory_with_the_gradients()
    {
        var (p, optimizer) = (new Parameter([2], DeepNotes.Initializers.Ones, 1), new Remembering());
        var g = Tensor.From(1, 2f);
        optimizer.ApplyGradients([(p, g)]);
        g.Assign(Tensor.Zeros([2]));
        Assert.Equal([1f, 2], optimizer.Save([p]).Tensors["0.last"].ToArray());
        Assert.Equal([1f, 2], p.Value.ToArray());

        var saved = optimizer.Save([p]);
        optimizer.Restore(saved, [p]);
        optimizer.ApplyGradients([(p, Tensor.From(3, 4f))]);
        Assert.Equal([1f, 2], saved.Tensors["0.last"].ToArray());
        saved.Tensors["0.last"].Assign(Tensor.Zeros([2]));
        Assert.Equal([3f, 4], optimizer.Save([p]).Tensors["0.last"].ToArray());
    }

    // Each tensor is overwritten in turn: only those of the first group that precede it may have changed.
    private static void AssertApart(IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> others)
    {
        var before = given.Concat(others).Select(tensor => tensor.ToArray()).ToList();
        for (var i = 0; i < given.Count; i++)
        {
            given[i].Assign(Tensor.Full(given[i].Shape, 12345 + i));
            var after = given.Concat(others).Select(tensor => tensor.ToArray()).ToList();
            Assert.All(Enumerable.Range(i + 1, after.Count - i - 1), k => Assert.Equal(before[k], after[k]));
            Assert.All(Enumerable.Range(0, i + 1), k => Assert.All(after[k], value => Assert.Equal(12345 + k, value)));
        }
    }

    /// <summary>An optimizer that returns and stores the gradient tensors themselves.</summary>
    private sealed class Remembering() : Optimizer(1)
    {
        protected override Tensor Update(Tensor w, Tensor g, OptimizerState state) => state["last"] = g;
    }
}
