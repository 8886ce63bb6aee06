using System.Collections;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers;

public sealed class LayerTests
{
    public static TheoryData<LayerRow> Rows() => [.. LayerRows.All];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parameters_are_found(LayerRow row)
    {
        var layer = row.Make();
        Assert.Equal(row.Parameters, string.Join(", ", layer.NamedParameters.Select(named => named.Name)));
        Assert.NotEmpty(layer.ToHtml());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_input_gives_the_expected_shape_or_an_error_that_names_the_layer(LayerRow row)
    {
        foreach (var device in Devices.All)
        {
            using var chosen = device.Use();
            foreach (var (input, result) in row.Inputs)
            {
                if (result.StartsWith('['))
                {
                    Passes(row.Make(), input, result);
                }
                else
                {
                    Mistake.WrongShape(result, () => row.Make().Forward(Tensor.Ones(input))).IsRefused();
                }
            }
        }
    }

    // An empty batch gives gradients of 0.
    private static void Passes(Layer layer, Shape input, string result)
    {
        var x = Tensor.Ones(input).RequireGradient();
        var y = layer.Forward(x);
        Assert.Equal(result, y.Shape.ToString());
        y.Sum().Backward();
        Assert.True(layer is Embedding || x.Gradient!.Shape == x.Shape);
        Assert.All(layer.Parameters, parameter => Assert.True(x.Length > 0 || parameter.Gradient!.ToArray().All(slope => slope == 0)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_mistake_is_reported_with_the_layer_the_expected_and_the_actual_value(LayerRow row) => Assert.All(row.Mistakes, mistake => mistake.IsRefused());

    [Fact]
    public void Every_layer_has_a_row_and_among_its_inputs_wrong_ones_and_one_without_values()
    {
        var rows = LayerRows.All.ToLookup(row => row.Make().GetType());
        var all = typeof(Layer).Assembly.GetExportedTypes().Where(type =>
            type.IsAssignableTo(typeof(Layer)) && !type.IsAssignableTo(typeof(ImageClassifier)) && !type.IsAbstract);
        Assert.Equal(all.OrderBy(type => type.Name), rows.Select(layer => layer.Key).OrderBy(type => type.Name));
        Assert.All(rows, layer => Assert.True(layer.Any(row => row.IsElementwise || row.Refuses), $"{layer.Key.Name} refuses nothing"));
        Assert.All(rows, layer => Assert.True(layer.Any(row => row.Inputs.Any(input => input.Input.Contains(0))), $"{layer.Key.Name} of no values"));
    }

    [Fact]
    public void Parameters_are_allocated_on_first_use_from_the_seed_of_construction()
    {
        // Other tests construct layers at the same time.
        using var own = Seeds.BeginRun(0);
        Seeds.Start(3);
        var (first, second) = (new Linear(4, 4), new Linear(4, 4));
        Assert.All(first.Parameters.Concat(second.Parameters), parameter => Assert.False(parameter.IsAllocated));
        Assert.Equal(20, first.ParameterCount);
        var late = second.Weight.Value.ToArray();

        Seeds.Start(3);
        var (again, _) = (new Linear(4, 4), 0);
        Assert.Equal(again.Weight.Value.ToArray(), first.Weight.Value.ToArray());
        Assert.NotEqual(late, first.Weight.Value.ToArray());
        Assert.Equal(new Linear(4, 4, seed: 9).Bias!.Value.ToArray(), new Linear(4, 4, seed: 9).Bias!.Value.ToArray());
    }

    // Normalisation, sum and ReLU are fused into one pass over memory, unless a watcher is attached.
    [Fact]
    public void Fused_layers_are_watched_one_by_one_and_give_the_same_result()
    {
        Sequential net = [new BatchNorm2d(3), new ReLU(), new BasicBlock(3, 3)];
        var x = Tensor.Normal([4, 3, 5, 5], seed: 1);
        var (together, seen) = (ValueAndGradients(), new List<string>());
        using (Layer.Watch((layer, _, _) => seen.Add(layer.GetType().Name)))
        {
            Assert.Equal(ValueAndGradients(), together);
        }

        Assert.Equal(
            "BatchNorm2d ReLU Conv2d BatchNorm2d ReLU Conv2d BatchNorm2d ReLU BasicBlock Sequential", string.Join(' ', seen));

        float[] ValueAndGradients()
        {
            net.ClearGradients();
            var y = net.Forward(x);
            y.Backward(Tensor.Normal(y.Shape, seed: 2));
            return [.. y.ToArray(), .. net.Parameters.SelectMany(parameter => parameter.Gradient!.ToArray())];
        }
    }

    [Fact]
    public void A_frozen_layer_passes_gradients_on_and_keeps_its_weights()
    {
        var (first, frozen) = (new Linear(3, 4, seed: 1), new Linear(4, 2, seed: 2));
        Sequential net = [first, frozen];
        frozen.Freeze();
        var before = frozen.Weight.Value.ToArray();
        new SGD(0.1f).Minimize(net.Forward(Tensor.Ones([5, 3])).Square().Sum(), net.Parameters);

        Assert.NotNull(first.Weight.Gradient);
        Assert.Null(frozen.Weight.Gradient);
        Assert.Equal(before, frozen.Weight.Value.ToArray());

        frozen.Freeze(false);
        new SGD(0.1f).Minimize(net.Forward(Tensor.Ones([5, 3])).Square().Sum(), net.Parameters);
        Assert.NotEqual(before, frozen.Weight.Value.ToArray());
    }

    [Fact]
    public void Predict_does_not_record_and_restores_training_mode()
    {
        Sequential net = [new Linear(3, 2)];
        var y = net.Predict(Tensor.Ones([4, 3]));
        Assert.False(y.RequiresGradient);
        Assert.All(((IEnumerable)net).Cast<Layer>().Append(net), layer => Assert.True(layer.IsTraining));
    }
}
