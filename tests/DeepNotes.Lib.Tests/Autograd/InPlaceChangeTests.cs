using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>A tensor changed in place between the forward and the backward pass: an error if the gradient needs its value, no effect otherwise.</summary>
public sealed class InPlaceChangeTests
{
    private static readonly Dictionary<string, SavedValues> Golden = GoldenFile.Read<SavedValues[]>("saved_values.json").ToDictionary(row => row.Name);

    // Operations whose saved tensors differ from PyTorch's: the inputs, then the value. PyTorch saves an input for its shape (Mean, Unfold,
    // Pad, AveragePool), for a fused formula (MeanSquaredError), or a padded copy of it (Convolve), and computes the reciprocal's gradient from its value.
    // Here MaxPool also needs its value, and sigmoid, tanh and ELU their inputs, for an accurate derivative in the tails.
    private static readonly Dictionary<string, bool[]> OurOwn = new()
    {
        ["Mean axis 1"] = [false, false],
        ["Mean axes"] = [false, false],
        ["Unfold"] = [false, false],
        ["Unfold awkward"] = [false, false],
        ["Pad replicate"] = [false, false],
        ["Split"] = [false, false],
        ["PReLU"] = [false, true, false],
        ["MeanSquaredError"] = [false, false, false],
        ["Convolve same"] = [true, true, false],
        ["AveragePool"] = [false, false],
        ["Normalize and rectify"] = [true, false],
        ["Reciprocal"] = [true, false],
        ["Sigmoid"] = [true, true],
        ["Tanh"] = [true, true],
        ["Tanh far"] = [true, true],
        ["ELU"] = [true, false],
        ["SELU"] = [true, false],
        ["MaxPool"] = [true, true],
        ["MaxPool overlapping"] = [true, true],
        ["MaxPool covers all"] = [true, true],
        ["MaxPool dilated"] = [true, true],
        ["MaxPool ties"] = [true, true],
        ["MatMul matrix by stack"] = [true, true, false],
        ["MatMul vector by stack"] = [true, true, false],
        ["Pow of tensors"] = [true, true, false],
        ["Pow of tensors broadcast"] = [true, true, false],
        ["Pow of tensors at zero"] = [true, true, false],
    };

    public static TheoryData<string> Names() => [.. Operations.All.Keys];

    [Fact]
    public void Every_operation_has_a_row_of_the_values_that_PyTorch_saves() =>
        Assert.Empty(GoldenFile.Read<GoldenOperation[]>("operations.json").Select(row => row.Name).Except(Golden.Keys));

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_an_input_or_the_value_of_any_operation_throws_or_leaves_its_gradients_unchanged(string name)
    {
        var row = Operations.Golden[name];
        var expected = Gradients(name, null);
        var found = new List<bool>();
        for (var place = 0; place <= row.Inputs.Length; place++)
        {
            try
            {
                var changed = Gradients(name, place);
                Assert.All(expected.Zip(changed), pair => Assert.Equal(pair.First, pair.Second));
                found.Add(false);
            }
            catch (InvalidOperationException error)
            {
                Assert.Contains("was changed in place since", error.Message, StringComparison.Ordinal);
                found.Add(true);
            }
        }

        if (Golden.TryGetValue(name, out var golden))
        {
            Assert.Equal(OurOwn.GetValueOrDefault(name, [.. golden.Inputs, golden.Value]), found);
        }
    }

    [Fact]
    public void The_error_names_the_operation_the_shape_and_what_to_do()
    {
        var x = Tensor.From(1, 2, 3f).RequireGradient();
        var y = (x * x).Sum();
        x.Assign(Tensor.Full([3], 5));
        var error = Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.Contains("Multiply: its gradient needs a tensor [3] as it was in the forward pass", error.Message, StringComparison.Ordinal);
        Assert.Contains("compute the loss anew", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<Linear>> Changes() => new()
    {
        { "Assign", net => net.Weight.Value.Assign(Tensor.Ones([3, 4])) },
        { "Assign through a reshaped tensor", net => net.Weight.Value.Reshape(12).Assign(Tensor.Ones([12])) },
        { "Assign through a detached tensor", net => net.Weight.Value.Detach().Assign(Tensor.Ones([3, 4])) },
        { "gradient descent", net => Step(net, new SGD(0.1f)) },
        { "momentum, in place", net => Step(net, new SGD(0.1f, 0.9f)) },
        { "Adam, in place", net => Step(net, new Adam()) },
        { "AdamW", net => Step(net, new AdamW(1e-3f)) },
        { "loaded weights", Load },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_way_of_changing_a_weight_is_detected(string way, Action<Linear> change)
    {
        var net = new Linear(4, 3, seed: 1);
        var x = Tensor.Ones([2, 4]).RequireGradient();
        var loss = net.Forward(x).Square().Sum();
        loss.Backward(keepTape: true);
        change(net);
        var error = Assert.Throws<InvalidOperationException>(() => loss.Backward());
        Assert.True(error.Message.Contains("a tensor [3, 4]", StringComparison.Ordinal), $"{way}: {error.Message}");
    }

    [Fact]
    public void An_optimizer_step_is_allowed_where_no_gradient_needs_the_weight()
    {
        var bias = new Parameter([3], DeepNotes.Initializers.Ones, seed: 0);
        var loss = (Tensor.Ones([2, 3]) + bias).Sum();
        var optimizer = new SGD(0.1f, 0.9f);
        loss.Backward(keepTape: true);
        optimizer.ApplyGradients([(bias, bias.Gradient!)]);
        bias.Value.ClearGradient();
        loss.Backward();
        Assert.Equal([2f, 2, 2], bias.Gradient!.ToArray());

        // The weight of the first layer: its gradient needs only the inputs.
        var net = new Linear(4, 3, seed: 1);
        var scores = net.Forward(Tensor.Ones([2, 4])).Sum();
        net.Weight.Value.Assign(Tensor.Ones([3, 4]));
        scores.Backward();
        Assert.All(net.Weight.Gradient!.ToArray(), slope => Assert.Equal(2, slope));
    }

    [Fact]
    public void An_update_of_a_running_statistic_is_detected()
    {
        var norm = new BatchNorm1d(3);
        var batch = Tensor.Normal([5, 3], seed: 1);
        norm.Freeze();
        norm.Train(false);
        var x = batch.Detach().RequireGradient();
        var own = (x * norm.RunningVar).Sum();
        var y = norm.Forward(x).Sum();
        norm.Train();
        norm.Forward(batch);
        Assert.Contains("a tensor [3]", Assert.Throws<InvalidOperationException>(() => own.Backward()).Message, StringComparison.Ordinal);

        // The scale used in evaluation was computed from the statistic before the change, and γ is frozen.
        y.Backward();
        Assert.Equal(15, x.Gradient!.Length);
    }

    [Fact]
    public void A_pass_that_fails_leaves_all_gradients_as_they_were()
    {
        var (a, b, c) = (Tensor.From(1f).RequireGradient(), Tensor.From(2f).RequireGradient(), Tensor.From(3f).RequireGradient());
        var y = (a * b).Sum() + c.Sum();
        a.Assign(Tensor.From(4f));
        Assert.Throws<InvalidOperationException>(() => y.Backward());
        Assert.All([a, b, c], leaf => Assert.Null(leaf.Gradient));
    }

    // A tensor refilled for each pass: only the pullback has read it.
    [Fact]
    public void An_upstream_gradient_may_be_older_than_the_operation_and_changed_since()
    {
        var (dy, x) = (Tensor.Zeros([2]), Tensor.From(1, 2f).RequireGradient());
        for (var pass = 1; pass <= 2; pass++)
        {
            var y = x.Square();
            dy.Assign(Tensor.Full([2], pass));
            Assert.Equal([2f * pass, 4 * pass], y.Pullback(dy)[0]!.ToArray());
            Assert.Equal([2f * pass, 4 * pass], Tensor.Gradients(y, [x], dy, keepTape: true)[0].ToArray());
            y.Backward(dy);
            Assert.Equal([2f * pass, 4 * pass], x.Gradient!.ToArray());
            x.ClearGradient();
        }

        // The same for a gradient that is differentiated again.
        var upstream = Tensor.From(0f).RequireGradient();
        var z = Tensor.From(3f).RequireGradient();
        var cube = z * z * z;
        upstream.Assign(Tensor.From(2f));
        var slope = Tensor.Gradients(cube, [z], upstream, createGraph: true)[0];
        Assert.Equal([36f, 27], Tensor.Gradients(slope, [z, upstream]).Select(gradient => gradient.ToSingle()));

        // An error where it is also an input of the operation.
        var square = z.Square();
        z.Assign(Tensor.From(4f));
        Assert.Throws<InvalidOperationException>(() => square.Backward(z));
    }

    [Fact]
    public void A_change_between_two_derivatives_is_detected()
    {
        var x = Tensor.From(2f).RequireGradient();
        var slope = Tensor.Gradients((x * x * x).Sum(), [x], createGraph: true)[0].Sum();
        x.Assign(Tensor.From(3f));
        Assert.Throws<InvalidOperationException>(() => Tensor.Gradients(slope, [x]));
    }

    [Fact]
    public void A_pullback_may_modify_a_tensor_that_it_has_allocated()
    {
        var x = Tensor.From(1, 2f).RequireGradient();
        var y = Tensor.Record("Mine", x.Detach() * 3, [x], dy =>
        {
            var dx = Tensor.Zeros([2]);
            dx.Assign(dy * 3);
            return [dx];
        });
        y.Sum().Backward();
        Assert.Equal([3f, 3], x.Gradient!.ToArray());
    }

    // The memory of a step may have been changed in place by a tensor of an earlier step.
    [Fact]
    public void Reused_step_memory_does_not_count_as_changed()
    {
        var (memory, x) = (new StepMemory(), Tensor.From(1, 2f).RequireGradient());
        for (var step = 0; step < 3; step++)
        {
            using (memory.Step())
            {
                x.ClearGradient();
                var (first, second) = (x * 2, x * 3);
                var y = (first * second).Sum();
                y.Backward();
                Assert.Equal([12f, 24], x.Gradient!.ToArray());
                first.Assign(second);
                second.Assign(first);
            }
        }
    }

    private static void Step(Linear net, Optimizer optimizer) => optimizer.ApplyGradients([(net.Weight, Tensor.Ones([3, 4]))]);

    private static void Load(Linear net)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            net.Save(path);
            net.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<float[]> Gradients(string name, int? changedPlace)
    {
        var row = Operations.Golden[name];
        Tensor[] inputs = [.. row.Inputs.Select(input => input.ToTensor().RequireGradient())];
        var value = Operations.All[name](inputs);
        if (changedPlace is { } place)
        {
            var changed = inputs.Append(value).ElementAt(place);
            changed.Assign(changed.Detach() + 1);
        }

        value.Backward(row.Upstream.ToTensor());
        return [.. inputs.Select(input => input.Gradient!.ToArray())];
    }
}

public sealed record SavedValues(string Name, bool[] Inputs, bool Value);
