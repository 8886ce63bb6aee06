using System.Reflection;

namespace DeepNotes.Tests.Layers;

/// <summary>Every layer with parameters has a factory method <c>From</c> that takes their values in order of declaration.</summary>
public sealed class InitialValuesTests
{
    /// <summary>The layers with parameters, and the other arguments of their From.</summary>
    public static TheoryData<Module, object[], int[]> Made() => new()
    {
        { new Linear(5, 3), [], [2, 5] },
        { new Linear(5, 3, bias: false), [], [2, 5] },
        { new Conv2d(3, 4, (3, 2)), [], [2, 3, 5, 7] },
        { new Conv2d(4, 6, 3, bias: false), [], [2, 4, 5, 7] },
        { new LocallyConnected2d(3, 4, (5, 7), 3), [(Size2D)(5, 7)], [2, 3, 5, 7] },
        { new LocallyConnected2d(3, 4, (5, 7), 3, bias: false), [(Size2D)(5, 7)], [2, 3, 5, 7] },
        { new BatchNorm1d(3), [], [4, 3] },
        { new BatchNorm2d(3), [], [2, 3, 4, 5] },
        { new LayerNorm([3, 4]), [], [2, 3, 4] },
        { new GroupNorm(2, 4), [2], [2, 4, 3] },
        { new InstanceNorm2d(3, affine: true), [], [2, 3, 4, 5] },
        { new PReLU(3), [], [2, 3] },
        { new Maxout(5, 3), [], [2, 5] },
        { new DropConnect(5, 3, 0), [0f], [2, 5] },
        { new Embedding(7, 3), [], [] },
        { new RNN(5, 3), [], [2, 4, 5] },
        { new RNN(5, 3, twoBiases: true), [], [2, 4, 5] },
        { new LSTM(5, 3, twoBiases: true), [], [2, 4, 5] },
        { new GRU(5, 3), [], [2, 4, 5] },
        { new CenterLoss(4, 3), [], [2, 3] },
        { new LargeMarginSoftmax(5, 4), [], [2, 5] },
    };

    [Theory]
    [MemberData(nameof(Made))]
    public void A_layer_made_from_the_values_of_another_computes_the_same_and_shares_no_memory(Module module, object[] settings, int[] input)
    {
        var given = module.Parameters.Select((parameter, i) => Tensor.Normal(parameter.Shape, deviation: .5f, seed: (ulong)i)).ToArray();
        foreach (var (parameter, value) in module.Parameters.Zip(given))
        {
            parameter.Value.Assign(value);
        }

        var copy = (Module)Call(module.GetType(), given, settings);
        Assert.Equal(module.ToString(), copy.ToString());
        Assert.Equal(module.NamedParameters.Select(named => named.Name), copy.NamedParameters.Select(named => named.Name));
        Assert.All(copy.Parameters, parameter => Assert.True(parameter.Value.RequiresGradient));

        var before = given.Select(value => value.ToArray()).ToArray();
        var x = module is Embedding ? Tensor.From(3, 1, 6) : Tensor.Normal(input, seed: 9);
        Assert.Equal(Value(module, x), Value(copy, x));
        new SGD(0.1f).ApplyGradients(copy.Parameters.Select(parameter => (parameter, Tensor.Ones(parameter.Shape))));
        Assert.Equal(before, given.Select(value => value.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Made))]
    public void Values_that_do_not_fit_are_named(Module module, object[] settings, int[] input)
    {
        Assert.NotNull(input);
        var given = module.Parameters.Select(parameter => Tensor.Zeros(parameter.Shape)).ToArray();
        for (var wrong = 0; wrong < given.Length; wrong++)
        {
            Tensor[] bad = [.. given.Select((value, i) => i == wrong ? Tensor.Zeros([.. value.Shape, 2]) : value)];
            if (module is LayerNorm && wrong == 0)
            {
                continue; // any shape of γ is valid
            }

            var error = Assert.IsType<ShapeException>(Assert.Throws<TargetInvocationException>(() => Call(module.GetType(), bad, settings)).InnerException);
            Assert.StartsWith($"{module.GetType().Name}.From: expected ", error.Message, StringComparison.Ordinal);
            Assert.Contains($"got {bad[wrong].Shape}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_module_with_parameters_of_its_own_can_be_made_from_values()
    {
        var made = Made().Select(row => ((object[])row)[0].GetType()).ToHashSet();
        var all = typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Module)) && !type.IsAbstract
            && (type.GetProperties().Any(property => property.PropertyType == typeof(Parameter)) || type == typeof(Maxout) || type == typeof(DropConnect)));
        Assert.Equal(all.Select(type => type.Name).Order(), made.Select(type => type.Name).Order());
    }

    [Fact]
    public void Running_statistics_and_settings_are_passed_as_well()
    {
        var (weight, bias, mean, variance) = (Tensor.From(2, 1), Tensor.From(0, 1), Tensor.From(1, -1), Tensor.From(4, 1));
        var norm = BatchNorm1d.From(weight, bias, mean, variance, epsilon: 0);
        Assert.Equal([2f, 3], norm.Predict(Tensor.From(new float[,] { { 3, 1 } })).ToArray());
        Assert.Equal("BatchNorm1d.From: expected RunningVar [2], got [3].", Assert.Throws<ShapeException>(() => BatchNorm1d.From(weight, bias, mean, Tensor.Ones([3]))).Message);

        var grouped = Conv2d.From(Tensor.Ones([4, 1, 3, 3]), null, stride: 2, padding: 1, groups: 2);
        Assert.Equal("Conv2d(2→4, 3×3, stride 2×2, padding 1×1, 2 groups)", grouped.ToString());
        Assert.Equal(1, Embedding.From(Tensor.Ones([3, 2]), paddingIndex: 1).PaddingIndex);
        Assert.Equal([0f, 3], RNN.From(Tensor.Ones([1, 1]), Tensor.Ones([1, 1]), Tensor.Zeros([1]), relu: true).Forward(Tensor.From(-1, 3).Reshape(2, 1, 1)).ToArray());
        Assert.Equal("Maxout.From: expected Weight [outputs · 2, inputs], got [3, 5].", Assert.Throws<ShapeException>(() => Maxout.From(Tensor.Ones([3, 5]), Tensor.Ones([3]))).Message);
        Assert.Equal("Linear.From: expected Bias [3], got [4].", Assert.Throws<ShapeException>(() => Linear.From(Tensor.Ones([3, 5]), Tensor.Ones([4]))).Message);
        Assert.Equal("Linear.From: expected Weight [outputs, inputs], got [5].", Assert.Throws<ShapeException>(() => Linear.From(Tensor.Ones([5]))).Message);
    }

    // The tensors (null for a missing bias), the settings, then the default values.
    private static object Call(Type type, Tensor[] given, object[] settings)
    {
        var method = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(method => method.Name == "From" && method.ReturnType == type);
        var (tensors, others) = (new Queue<Tensor>(given), new Queue<object>(settings));
        return method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(Tensor)
            ? tensors.TryDequeue(out var tensor) ? tensor : null
            : others.TryDequeue(out var setting) ? setting : parameter.DefaultValue)])!;
    }

    private static float[] Value(Module module, Tensor x) => module switch
    {
        Layer layer => layer.Forward(x).ToArray(),
        CenterLoss loss => loss.Of(x, [0, 3]).ToArray(),
        _ => ((LargeMarginSoftmax)module).Of(x, [0, 3]).ToArray(),
    };
}
