using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Autograd;

/// <summary>
/// Gradients of gradients. With g the gradients of an operation for the upstream dy and v a fixed pattern, s = Σ v·g is
/// differentiated once more, with respect to the inputs and to dy, and compared with PyTorch in float64.
/// </summary>
public sealed class SecondDerivativeTests
{
    private static readonly SecondDerivatives Golden = GoldenFile.Read<SecondDerivatives>("second_derivatives.json");

    private static readonly Dictionary<string, SecondDerivative> GoldenRows = Golden.Rows.ToDictionary(row => row.Name);

    public static TheoryData<string, string> Rows() => OperationTests.Rows();

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_second_derivatives_of_every_operation_equal_PyTorch(string name, string device)
    {
        // This power has no second derivative at 0.
        if (name == "Pow of tensors at zero")
        {
            return;
        }

        using var chosen = Devices.Named(device).Use();
        var (golden, row) = (GoldenRows[name], Operations.Golden[name]);
        Tensor[] inputs = [.. row.Inputs.Select(input => input.ToTensor().RequireGradient())];
        var dy = row.Upstream.ToTensor().RequireGradient();
        var slope = Slope(Operations.All[name], inputs, dy);
        if (slope.RequiresGradient)
        {
            slope.Backward();
        }

        foreach (var (expected, x) in golden.Inputs.Append(golden.Upstream).Zip(inputs.Append(dy)))
        {
            // Where the gradient is constant, the second derivative is a difference of terms of the gradient's size.
            var gradients = row.Gradients.Max(gradient => gradient.Values.Select(Math.Abs).DefaultIfEmpty(0).Max());
            AssertClose.Equal(expected, x.Gradient ?? Tensor.Zeros(x.Shape), 1e-4, name, terms: gradients);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Hessian_vector_product_and_the_gradient_penalty_of_a_network_equal_PyTorch(bool isCnn)
    {
        var golden = isCnn ? Golden.Cnn : Golden.Mlp;
        Sequential network = isCnn
            ? [new Conv2d(2, 3, 3, padding: 1, bias: false), new BatchNorm2d(3), new ReLU(), new MaxPool2d(2), new AveragePool2d(2), new Flatten(), new Linear(12, 3)]
            : [new Linear(4, 5), new Tanh(), new Linear(5, 3)];
        var weights = golden.Weights.Select(weight => weight.ToTensor()).ToList();
        foreach (var (parameter, weight) in network.Parameters.Zip(weights))
        {
            parameter.Value.Assign(weight);
        }

        Tensor[] theta = [.. network.Parameters.Select(parameter => parameter.Value)];
        var gradients = Tensor.Gradients(Loss.CrossEntropy(network.Forward(golden.X.ToTensor()), golden.Labels), theta, createGraph: true);
        var product = Tensor.Gradients(gradients.Select((g, k) => (g * Pattern(g.Shape, k)).Sum()).Aggregate((a, b) => a + b), theta);
        Close(golden.Product, product, "Hv");

        var x = golden.X.ToTensor().RequireGradient();
        var loss = Loss.CrossEntropy(network.Forward(x), golden.Labels);
        var penalized = loss + 0.1f * Tensor.Gradients(loss, [x], createGraph: true)[0].Square().Sum();
        Assert.Equal(golden.Penalized, penalized.ToSingle(), 1e-6);
        var applied = new SGD(0.1f).ComputeGradients(penalized, network.Parameters);
        Close(golden.Gradients, [.. applied.Select(pair => pair.Gradient)], "gradient of the penalized loss");
    }

    // tanh‴ = (1 - t²)(6t² - 2), and eˣ for every order.
    [Fact]
    public void Third_derivatives_and_those_that_follow()
    {
        var x = Tensor.Linspace(-3, 3, 61).RequireGradient();
        double[] expected = [.. x.ToArray().Select(value => Math.Tanh(value)).Select(t => (1 - t * t) * (6 * t * t - 2))];
        AssertClose.Equal(expected, [.. Derivative(x.Tanh(), x, 3).ToArray()], 1e-6, "tanh‴");
        AssertClose.Equal([.. x.ToArray().Select(value => Math.Exp(value))], [.. Derivative(x.Exp(), x, 5).ToArray()], 1e-6, "fifth derivative of eˣ");
    }

    [Fact]
    public void Backward_creates_a_graph_too_and_adds_up_in_it()
    {
        var x = Tensor.From(2f, 3).RequireGradient();
        (x * x * x).Sum().Backward(createGraph: true);
        Assert.Equal([12f, 27], x.Gradient!.ToArray());
        var slope = x.Gradient!.Sum();
        x.ClearGradient();
        slope.Backward();
        Assert.Equal([12f, 18], x.Gradient!.ToArray());
    }

    [Fact]
    public void Mistakes_are_named()
    {
        var (x, constant) = (Tensor.Ones([3]).RequireGradient(), Tensor.Ones([2, 5]));
        Contains("[2, 5] requires no gradient", () => Tensor.Gradients(x.Sum(), [constant]));
        Contains("Gradients: expected a scalar loss, got [3]", () => Tensor.Gradients(x * 2, [x]));
        Contains("Gradients: a gradient of shape [2]", () => Tensor.Gradients(x * 2, [x], Tensor.Ones([2])));
        Contains("Gradients: nothing here requires a gradient", () => Tensor.Gradients(constant.Sum(), [x]));
        Contains("keep the tape", () => { var y = x.Square().Sum(); y.Backward(); Tensor.Gradients(y, [x]); });
        Contains("while recording is paused", () =>
        {
            var y = x.Square().Sum();
            using (Recording.Pause())
            {
                y.Backward(createGraph: true);
            }
        });

        static void Contains(string message, Action mistake) =>
            Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gradient_is_zero_for_a_tensor_that_y_does_not_depend_on_and_defined_for_intermediate_results()
    {
        var (x, other) = (Tensor.From(2f).RequireGradient(), Tensor.Ones([2, 2]).RequireGradient());
        var square = x.Square();
        var gradients = Tensor.Gradients((square * 5 + x).Sum(), [x, other, square, x]);
        Assert.Equal([21f], gradients[0].ToArray());
        Assert.Equal(new float[4], gradients[1].ToArray());
        Assert.Equal([5f], gradients[2].ToArray());
        gradients[0].Assign(Tensor.Zeros([1]));
        Assert.Equal([21f], gradients[3].ToArray());
        Assert.Null(x.Gradient);
    }

    private static Tensor Derivative(Tensor y, Tensor x, int order) =>
        order == 0 ? y : Derivative(Tensor.Gradients(y.Sum(), [x], createGraph: true)[0], x, order - 1);

    private static void Close(GoldenArray[] expected, Tensor[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (golden, tensor) in expected.Zip(actual))
        {
            AssertClose.Equal(golden, tensor, 2e-6, what);
        }
    }

    // s = Σ v·g.
    private static Tensor Slope(Func<IReadOnlyList<Tensor>, Tensor> f, Tensor[] inputs, Tensor dy)
    {
        var gradients = Tensor.Gradients(f(inputs), inputs, dy, createGraph: true);
        Assert.All(inputs, input => Assert.Null(input.Gradient));
        return gradients.Select((g, k) => (g * Pattern(g.Shape, k)).Sum()).Aggregate((a, b) => a + b);
    }

    // -1.25 to 1.25 in quarters, as in second_derivatives.py.
    private static Tensor Pattern(Shape shape, int k) =>
        Tensor.From([.. Enumerable.Range(0, shape.Elements).Select(i => ((7 * i + 3 * k) % 11 - 5) / 4f)], shape);
}

public sealed record SecondDerivatives(SecondDerivative[] Rows, NetworkDerivatives Mlp, NetworkDerivatives Cnn);

public sealed record SecondDerivative(string Name, GoldenArray[] Inputs, GoldenArray Upstream);

public sealed record NetworkDerivatives(
    GoldenArray X, int[] Labels, GoldenArray[] Weights, GoldenArray[] Product, double Penalized, GoldenArray[] Gradients);
