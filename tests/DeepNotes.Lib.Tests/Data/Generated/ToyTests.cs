namespace DeepNotes.Tests.Data;

public sealed class ToyTests
{
    public static TheoryData<string, Func<ulong, float, Dataset>, int> Classified => new()
    {
        { "spirals", (seed, noise) => Toy.Spirals(50, 3, noise, seed: seed), 3 },
        { "moons", (seed, noise) => Toy.Moons(50, noise, seed), 2 },
        { "blobs", (seed, noise) => Toy.Blobs(50, 4, noise, seed), 4 },
        { "xor", (seed, noise) => Toy.Xor(50, noise, seed), 2 },
    };

    public static TheoryData<string, Func<int, Dataset>, Func<double, double>> Curves => new()
    {
        { "sine", n => Toy.Sine(n, noise: 0), Math.Sin },
        { "step", n => Toy.Step(n, noise: 0), x => x < 0 ? 0 : 1 },
        { "polynomial", n => Toy.Polynomial([1, -2, 3], n, noise: 0), x => 1 - 2 * x + 3 * x * x },
        { "curve", n => Toy.Curve(x => x * x, 2, 3, n, noise: 0), x => x * x },
    };

    public static TheoryData<Action> Errors =>
    [
        () => Toy.Moons(0),
        () => Toy.Sine(0),
        () => Toy.Xor(noise: -1),
        () => Toy.Blobs(noise: float.NaN),
        () => Toy.Spirals(arms: 0),
    ];

    [Theory]
    [MemberData(nameof(Classified))]
    public void Points_have_their_classes_in_equal_parts_and_follow_the_seed(
        string name, Func<ulong, float, Dataset> create, int classes)
    {
        var data = create(7, 0.1f);

        Assert.Equal(name, data.Name);
        Assert.Equal("generated, seed 7", data.Origin);
        Assert.Equal<Shape>([50, 2], data.Inputs.Shape);
        Assert.Equal(classes, data.Classes.Count);
        Assert.All(data.Labels.CountBy(label => label), group => Assert.InRange(group.Value, 50 / classes - 1, 50 / classes + 1));
        Assert.Equal(data.Inputs.ToArray(), create(7, 0.1f).Inputs.ToArray());
        Assert.NotEqual(data.Inputs.ToArray(), create(8, 0.1f).Inputs.ToArray());
        Assert.Equal(create(7, 0).Inputs.ToArray(), create(8, 0).Inputs.ToArray());
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Curves_without_noise_are_their_formula(string name, Func<int, Dataset> create, Func<double, double> formula)
    {
        var data = create(41);

        Assert.Equal(name, data.Name);
        Assert.Equal<Shape>([41, 1], data.Targets.Shape);
        Assert.All(data.Inputs.ToArray().Zip(data.Targets.ToArray()), point => Assert.Equal(formula(point.First), point.Second, 1e-5));
    }

    [Fact]
    public void Noise_has_the_given_deviation()
    {
        var clean = Toy.Sine(2000, noise: 0).Targets.ToArray();
        var noisy = Toy.Sine(2000, noise: 0.3f).Targets.ToArray();

        Assert.InRange(Math.Sqrt(clean.Zip(noisy, (a, b) => (double)(a - b) * (a - b)).Average()), 0.28, 0.32);
    }

    [Fact]
    public void Four_clean_samples_of_xor_are_its_truth_table()
    {
        var data = Toy.Xor(4, noise: 0);

        Assert.Equal<float>([-1, -1, -1, 1, 1, -1, 1, 1], data.Inputs.ToArray());
        Assert.Equal([0, 1, 1, 0], data.Labels);
    }

    [Fact]
    public void Moons_are_two_half_circles()
    {
        var data = Toy.Moons(100, noise: 0);

        Assert.All(Enumerable.Range(0, 100), i =>
        {
            var (x, y) = (data.Inputs[i, 0], data.Inputs[i, 1]);
            Assert.Equal(1, data.Labels[i] == 0 ? x * x + y * y : (x - 1) * (x - 1) + (y - 0.5) * (y - 0.5), 1e-5);
            Assert.True(data.Labels[i] == 0 ? y > -1e-6 : y < 0.5 + 1e-6);
        });
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Invalid_amounts_are_rejected(Action create) => Assert.Throws<ArgumentOutOfRangeException>(create);
}
