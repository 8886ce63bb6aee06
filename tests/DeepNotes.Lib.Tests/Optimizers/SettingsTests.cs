namespace DeepNotes.Tests.Optimizers;

/// <summary>What the base class does around an update.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Accumulated_gradients_are_one_large_batch()
    {
        var w = Of(1, 2);
        var optimizer = new SGD(0.5f) { AccumulationSteps = 3 };
        for (var call = 1; call <= 3; call++)
        {
            optimizer.ApplyGradients([(w, Tensor.From(call, -call))]);
            Assert.Equal(call / 3, optimizer.Step);
            Assert.Equal(call < 3 ? [1f, 2f] : [0f, 3f], w.Value.ToArray());
        }
    }

    [Fact]
    public void Accumulation_begins_anew_after_each_update()
    {
        var w = Of(0);
        var optimizer = new SGD(1) { AccumulationSteps = 2 };
        for (var call = 0; call < 4; call++)
        {
            optimizer.ApplyGradients([(w, Tensor.From(1f))]);
        }

        Assert.Equal([-2f], w.Value.ToArray());
    }

    [Fact]
    public void Frozen_groups_stay_and_can_be_thawed()
    {
        var (moving, frozen) = (Of(1), Of(1));
        var optimizer = new SGD(0.5f);
        var group = new ParameterGroup([frozen]) { IsFrozen = true, LearningRateFactor = 0.5f };
        optimizer.Groups.Add(group);
        optimizer.ApplyGradients([(moving, Tensor.From(1f)), (frozen, Tensor.From(1f))]);
        Assert.Equal((0.5f, 1f), (moving.Value.ToSingle(), frozen.Value.ToSingle()));
        group.IsFrozen = false;
        optimizer.ApplyGradients([(frozen, Tensor.From(1f))]);
        Assert.Equal(0.75f, frozen.Value.ToSingle());
    }

    // With a count of its own, a parameter that joins late takes a first step of Adam, of the size of the rate.
    [Fact]
    public void A_parameter_that_joins_late_counts_its_own_steps()
    {
        var (early, late) = (Of(0), Of(0));
        var optimizer = new Adam(0.01f);
        for (var step = 0; step < 50; step++)
        {
            optimizer.ApplyGradients([(early, Tensor.From(3f))]);
        }

        optimizer.ApplyGradients([(early, Tensor.From(3f)), (late, Tensor.From(3f))]);
        Assert.Equal(-0.01, late.Value.ToSingle(), 1e-6);
    }

    [Fact]
    public void A_group_overrides_the_optimizer()
    {
        var (one, two) = (Of(0), Of(0));
        var optimizer = new SGD(1) { ClipValue = 1 };
        optimizer.Groups.Add(new ParameterGroup([two]) { ClipValue = float.PositiveInfinity });
        optimizer.ApplyGradients([(one, Tensor.From(5f)), (two, Tensor.From(5f))]);
        Assert.Equal((-1f, -5f), (one.Value.ToSingle(), two.Value.ToSingle()));
    }

    [Fact]
    public void A_parameter_has_one_group()
    {
        var w = Of(1);
        var optimizer = new SGD(1);
        optimizer.Groups.Add(new ParameterGroup([w]));
        Assert.Throws<ArgumentException>(() => optimizer.Groups.Add(new ParameterGroup([w])));
        Assert.Single(optimizer.Groups);
    }

    [Fact]
    public void The_proximal_step_makes_zeros_and_the_subgradient_does_not()
    {
        float After(bool isProximal)
        {
            var w = Of(0.05f);
            var optimizer = new SGD(0.1f) { L1 = 0.3f, IsL1Proximal = isProximal };
            for (var step = 0; step < 5; step++)
            {
                optimizer.ApplyGradients([(w, Tensor.From(0f))]);
            }

            return w.Value.ToSingle();
        }

        Assert.Equal(0, After(isProximal: true));
        Assert.NotEqual(0, After(isProximal: false));
    }

    [Fact]
    public void Max_norm_limits_rows_and_leaves_biases()
    {
        var weight = new Parameter([2, 2], (_, _) => [3, 4, 0.3f, 0.4f], 0);
        var bias = Of(3, 4);
        new SGD(1) { MaxNorm = 1 }.ApplyGradients([(weight, Tensor.Zeros([2, 2])), (bias, Tensor.Zeros([2]))]);
        Assert.Equal([0.6f, 0.8f, 0.3f, 0.4f], weight.Value.ToArray().Select(value => MathF.Round(value, 6)));
        Assert.Equal([3f, 4f], bias.Value.ToArray());
    }

    [Fact]
    public void A_gradient_within_its_limits_is_not_touched()
    {
        var w = Of(0, 0);
        new SGD(1) { ClipValue = 4, ClipNorm = 5, GlobalClipNorm = 5 }.ApplyGradients([(w, Tensor.From(3, 4))]);
        Assert.Equal([-3f, -4f], w.Value.ToArray());
    }

    [Fact]
    public void The_schedule_counts_updates_from_zero()
    {
        var w = Of(0);
        var optimizer = new SGD(2) { Schedule = step => step == 0 ? 0.5f : 0 };
        Assert.Equal(1, optimizer.CurrentLearningRate);
        optimizer.ApplyGradients([(w, Tensor.From(1f))]);
        optimizer.ApplyGradients([(w, Tensor.From(1f))]);
        Assert.Equal((-1f, 2), (w.Value.ToSingle(), optimizer.Step));
    }

    // McMahan (2011): without penalties, FTRL-proximal is gradient descent at the rate α/(β + √Σg²) for each weight.
    [Fact]
    public void FTRL_without_penalties_is_adaptive_gradient_descent()
    {
        var w = Of(1, -2, 0);
        var optimizer = new FTRL(0.5f, beta: 1);
        double[] expected = [1, -2, 0];
        double[] squares = [0, 0, 0];
        for (var step = 1; step <= 10; step++)
        {
            float[] g = [1f / step, -2, step % 3];
            optimizer.ApplyGradients([(w, Tensor.From(g))]);
            for (var i = 0; i < 3; i++)
            {
                squares[i] += g[i] * g[i];
                expected[i] -= 0.5 / (1 + Math.Sqrt(squares[i])) * g[i];
            }
        }

        Support.AssertClose.Equal(expected, [.. w.Value.ToArray().Select(value => (double)value)], 1e-6, "w");
    }

    [Fact]
    public void FTRL_makes_weights_exactly_zero()
    {
        var w = Of(0, 0);
        var optimizer = new FTRL(0.5f, lambda1: 1);
        for (var step = 0; step < 5; step++)
        {
            optimizer.ApplyGradients([(w, Tensor.From(step % 2 == 0 ? 0.1f : -0.1f, -1))]);
        }

        Assert.Equal(0, w.Value[0]);
        Assert.True(w.Value[1] > 0);
    }

    [Fact]
    public void Settings_of_a_switch_belong_to_the_optimizers_inside() => Assert.Throws<InvalidOperationException>(
        () => new SwitchAfter(1, new Adam(), new SGD(1)) { MaxNorm = 3 }.ApplyGradients([]));

    private static Parameter Of(params float[] values) => new([values.Length], (_, _) => values, 0);
}
