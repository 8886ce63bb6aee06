using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Data;

public sealed class TransformTests
{
    private static readonly DataGolden Golden = DataGolden.Numbers;

    public static TheoryData<string, Func<Dataset, FittedTransform>, bool> All => new()
    {
        { "standardization", Standardization.Fit, true },
        { "min-max", MinMaxScaling.Fit, true },
        { "PCA", train => Whitening.FitPca(train), true },
        { "PCA of 3", train => Whitening.FitPca(train, 3, 0.1), false },
        { "ZCA", train => Whitening.FitZca(train), true },
        { "ZCA with epsilon", train => Whitening.FitZca(train, 0.1), true },
    };

    public static TheoryData<Action, string> Errors => new()
    {
        { () => Standardization.Fit(Train.Take(0)), "Standardization.Fit of 'data': expected at least 1 sample with 1 feature, got [0, 6]" },
        { () => Standardization.Fit(Table([1, float.NaN, 3, 4])), "expected numbers, got NaN in sample 0" },
        { () => MinMaxScaling.Fit(Table([1, 2, 3, float.PositiveInfinity])), "in sample 1" },
        { () => Standardization.Fit(Train).Apply(Tensor.Zeros([2, 5])), "Standardization.Apply: expected samples of shape [N, 6], got [2, 5]" },
        { () => Whitening.FitPca(Train, 3).Inverse(Tensor.Zeros([2, 6])), "Whitening.Inverse: expected samples of shape [N, 3], got [2, 6]" },
        { () => Whitening.FitPca(Train, 7), "expected 1 to 6 components, as many as features, got 7" },
        { () => Whitening.FitZca(Train, -1), "expected an epsilon from 0, got -1" },
        { () => Whitening.FitZca(Table([1, 5, 2, 5]), 0), "component 2 has no variance" },
        { () => Standardization.FitChannels(Train), "expected images [N, C, H, W], got [40, 6]" },
    };

    private static Dataset Train => new(Golden.Train.ToTensor(), new int[40]);

    [Theory]
    [MemberData(nameof(Errors))]
    public void Misuse_is_explained(Action action, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void Numbers_equal_NumPy_on_other_data_too(string name, Func<Dataset, FittedTransform> fit, bool isInvertible)
    {
        var transform = fit(Train);
        var changed = transform.Apply(Golden.Other.ToTensor());

        AssertClose.Equal(Golden.Transforms[name][0], transform.Apply(Train).Inputs, 1e-4, name);
        AssertClose.Equal(Golden.Transforms[name][1], changed, 1e-4, name);
        if (isInvertible)
        {
            AssertClose.Equal(Golden.Other, transform.Inverse(changed), 1e-4, name);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Samples_of_any_shape_are_rows_of_features(string name, Func<Dataset, FittedTransform> fit, bool isInvertible)
    {
        var images = new Dataset(Golden.Train.ToTensor().Reshape(40, 1, 2, 3), Tensor.Zeros([40, 2]));

        var changed = fit(images).Apply(images);

        AssertClose.Equal(Golden.Transforms[name][0].Values, [.. changed.Inputs.ToArray().Select(value => (double)value)], 1e-4, name);
        Assert.Equal<Shape>(name.StartsWith("PCA", StringComparison.Ordinal) ? [40, isInvertible ? 6 : 3] : [40, 1, 2, 3], changed.Inputs.Shape);
        Assert.Equal<Shape>([40, 2], changed.Targets.Shape);
    }

    [Fact]
    public void Whitened_training_data_has_the_identity_as_covariance()
    {
        foreach (var whitening in (Whitening[])[Whitening.FitPca(Train, epsilon: 0), Whitening.FitZca(Train, epsilon: 0)])
        {
            var x = whitening.Apply(Train).Inputs.ToMatrix();
            var covariance = x.TransposeThisAndMultiply(x) / 40;

            Assert.All(covariance.EnumerateIndexed(), entry => Assert.Equal(entry.Item1 == entry.Item2 ? 1 : 0, entry.Item3, 1e-4));
        }
    }

    [Fact]
    public void Fewer_components_keep_the_most_variance()
    {
        var whitening = Whitening.FitPca(Train, 2, epsilon: 0);
        var back = whitening.Inverse(whitening.Apply(Golden.Train.ToTensor()));

        var lost = (back - Golden.Train.ToTensor()).Square().Sum().ToSingle() / 40;
        Assert.Equal(Whitening.FitPca(Train).Variances.Skip(2).Sum(), lost, 1e-3);
    }

    [Fact]
    public void A_constant_feature_becomes_zero_and_is_restored()
    {
        foreach (var transform in (FittedTransform[])[Standardization.Fit(Table([0.1f, 1, 0.1f, 3])), MinMaxScaling.Fit(Table([0.1f, 1, 0.1f, 3]))])
        {
            var changed = transform.Apply(Tensor.From([0.1f, 1, 0.1f, 3], [2, 2]));

            Assert.Equal((0, 0), (changed[0, 0], changed[1, 0]));
            Assert.Equal<float>([0.1f, 1, 0.1f, 3], transform.Inverse(changed).ToArray());
        }
    }

    [Fact]
    public void Channels_have_a_mean_and_a_deviation_each()
    {
        var images = new Dataset(Tensor.Normal([20, 3, 4, 5], mean: 7, deviation: 3, seed: 1), new int[20]);

        var standard = Standardization.FitChannels(images);
        var changed = standard.Apply(images).Inputs;

        Assert.Equal<Shape>([3, 1, 1], standard.Mean.Shape);
        for (var channel = 0; channel < 3; channel++)
        {
            var values = changed.Slice(1, channel, 1).ToArray();
            Assert.Equal(0, values.Average(), 1e-4);
            Assert.Equal(1, values.Average(value => value * value), 1e-3);
        }
    }

    private static Dataset Table(float[] values) => new(Tensor.From(values, [values.Length / 2, 2]), new int[values.Length / 2]);
}
