using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Optimizers;

public sealed class OptimizerTests
{
    // d2l.ai, chapter "Gradient Descent": f(x) = x², from 10, ten steps.
    [Theory]
    [InlineData(0.2f, 0.060466)]
    [InlineData(0.05f, 3.486784)]
    [InlineData(1.1f, 61.917364)]
    public void Gradient_descent_on_a_parabola_follows_d2l(float learningRate, double expected)
    {
        var x = Constant([1], 10);
        var optimizer = new SGD(learningRate);
        for (var step = 0; step < 10; step++)
        {
            optimizer.Minimize(x.Value.Square().Sum(), [x]);
        }

        Assert.Equal(expected, x.Value.ToSingle(), 5e-5);
    }

    // d2l.ai, chapter "Gradient Descent": f(x) = x₁² + 2x₂², from (-5, -2), rate 0.1, twenty steps.
    [Fact]
    public void Gradient_descent_in_two_dimensions_follows_d2l()
    {
        var x = new Parameter([2], (_, _) => [-5, -2], 0);
        var optimizer = new SGD(0.1f);
        for (var step = 0; step < 20; step++)
        {
            optimizer.Minimize((x.Value.Square() * Tensor.From(1, 2)).Sum(), [x]);
        }

        // Printed with six decimals.
        AssertClose.Equal([-0.057646, -0.000073], [.. x.Value.ToArray().Select(value => (double)value)], 5e-7, "x", terms: 1);
    }

    // On a quadratic of condition number 100 the best rates: (κ-1)/(κ+1) a step for gradient descent, and
    // (√κ-1)/(√κ+1) for the heavy ball (Polyak 1964).
    [Theory]
    [InlineData(0, 2 / 101.0, .98019802)]
    [InlineData(0.66942149f, 4 / 121.0, .81818182)]
    public void The_best_rates_of_convergence_are_reached(float momentum, double learningRate, double expected)
    {
        var x = new Parameter([2], (_, _) => [1, 1], 0);
        var optimizer = new SGD((float)learningRate, momentum);
        var curvature = Tensor.From(1, 100);
        double Distance() => Math.Sqrt(x.Value.Square().Sum().ToSingle());
        void Go(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                optimizer.Minimize((x.Value.Square() * curvature).Sum() / 2, [x]);
            }
        }

        Go(30);
        var before = Distance();
        Go(20);
        // The heavy ball's error is a double root: t·ρᵗ, a little slower than ρᵗ.
        Assert.Equal(expected, Math.Pow(Distance() / before, 1 / 20.0), momentum == 0 ? 1e-4 : 0.03);
    }

    // CS231n, assignment 2, fully connected networks: v = 0.9v - 0.001dw, w += v. With its v as our -η·v the two agree.
    [Fact]
    public void Momentum_follows_CS231n()
    {
        var (w, dw, v) = (Tensor.Linspace(-.4, .6, 20), Tensor.Linspace(-.6, .4, 20), Tensor.Linspace(.6, .9, 20));
        var parameter = new Parameter([20], (_, _) => w.ToArray(), 0);
        var optimizer = new SGD(1e-3f, momentum: 0.9f);
        // The first step, from w - v with gradient -v/η, sets the velocity to -v/η and the weights to w.
        parameter.Value.Assign(w - v);
        optimizer.ApplyGradients([(parameter, v * -1000)]);
        optimizer.ApplyGradients([(parameter, dw)]);

        var next = parameter.Value.ToArray();
        Assert.Equal(0.1406, next[0], 5e-5);
        Assert.Equal(0.20738947, next[1], 5e-6);
        Assert.Equal(1.4096, next[19], 5e-5);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-0.002f)]
    [InlineData(1000)]
    public void The_first_step_of_Adam_is_the_learning_rate(float gradient)
    {
        var w = Constant([1], 0);
        new Adam(0.01f).ApplyGradients([(w, Tensor.From(gradient))]);
        Assert.Equal(-0.01 * gradient / (Math.Abs(gradient) + 1e-8), w.Value.ToSingle(), 1e-6);
    }

    // Without the correction the first step is (1-β₁)/√(1-β₂) = 3.16227766 times as long. 1 - 0.999f would be 7e-6 of a step off,
    // of the plain one and of the corrected one.
    [Fact]
    public void The_correction_of_Adam_shortens_its_first_step()
    {
        var (corrected, plain, decaying) = (Constant([1], 0), Constant([1], 0), Constant([1], 0));
        new Adam(0.01f).ApplyGradients([(corrected, Tensor.From(2f))]);
        new Adam(0.01f, biasCorrection: false).ApplyGradients([(plain, Tensor.From(2f))]);
        new AdamW(0.01f, weightDecay: 0, biasCorrection: false).ApplyGradients([(decaying, Tensor.From(2f))]);
        Assert.Equal(3.16227766, (double)plain.Value.ToSingle() / corrected.Value.ToSingle(), 2e-6);
        Assert.Equal(1, plain.Value.ToSingle() / (-0.01 * (1 - 0.9) / Math.Sqrt(1 - 0.999)), 1e-6);
        Assert.Equal(plain.Value.ToSingle(), decaying.Value.ToSingle());
    }

    // η·g/√((1-ρ)g² + ε) against η·g/(√((1-ρ)g²) + ε).
    [Fact]
    public void An_epsilon_inside_of_the_root_is_another_one()
    {
        var (beside, inside) = (Constant([1], 0), Constant([1], 0));
        new RMSProp(0.01f, 0.9f, epsilon: 0.1f).ApplyGradients([(beside, Tensor.From(2f))]);
        new RMSProp(0.01f, 0.9f, epsilon: 0.1f, epsilonInside: true).ApplyGradients([(inside, Tensor.From(2f))]);
        Assert.Equal(-0.02 / (Math.Sqrt(.4) + .1), beside.Value.ToSingle(), 1e-8);
        Assert.Equal(-0.02 / Math.Sqrt(.5), inside.Value.ToSingle(), 1e-8);
    }

    [Fact]
    public void Gradients_may_be_changed_between_computing_and_applying()
    {
        var w = Constant([2], 1);
        var optimizer = new SGD(0.5f);
        var gradients = optimizer.ComputeGradients((w.Value * Tensor.From(4, -6)).Sum(), [w]);
        optimizer.ApplyGradients(gradients.Select(pair => (pair.Parameter, pair.Gradient / 2)));
        Assert.Equal([0f, 2.5f], w.Value.ToArray());
        Assert.Equal(1, optimizer.Step);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_learning_rate_must_be_a_positive_number(float learningRate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(learningRate));
        Assert.Contains("learning rate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void A_momentum_must_be_less_than_one(float momentum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(0.1f, momentum));

    private static Parameter Constant(Shape shape, float value) =>
        new(shape, (s, _) => [.. Enumerable.Repeat(value, s.Elements)], 0);
}
