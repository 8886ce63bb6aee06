using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

public sealed class LossSliceTests
{
    private static readonly GoldenMlp Golden = AnalysisGolden.Read().Mlp;

    [Fact]
    public void A_line_between_two_solutions_ends_at_their_losses()
    {
        var (from, to) = (Golden.Network(), new Sequential { new Linear(4, 5, seed: 1), new Tanh(), new Linear(5, 3, seed: 2) });
        var line = LossLine.Along(from, Golden.Loss(from), Direction.Between(from, to), from: 0, points: 5);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], line.Positions);
        Assert.Equal(Golden.Loss(from)().ToSingle(), line.Losses[0]);
        Assert.Equal(Golden.Loss(to)().ToSingle(), line.Losses[^1], 6);
    }

    // L = Σ w² over a plane: ‖w + αd + βe‖², d and e orthogonal with the norms of w's rows.
    [Fact]
    public void A_surface_of_a_quadratic_is_a_quadratic()
    {
        var layer = new Linear(2, 1, bias: false, initializer: DeepNotes.Initializers.Ones);
        var surface = LossSurface.Over(
            layer, () => layer.Weight.Value.Square().Sum(), Along(1, 0), Along(0, 2), from: -1, to: 1, points: 3);
        Assert.Equal([-1, 0, 1], surface.X);
        Assert.Equal(new double[,] { { 1, 2, 5 }, { 1, 2, 5 }, { 9, 10, 13 } }, surface.Losses);
    }

    [Fact]
    public void A_random_direction_has_the_norms_of_the_filters()
    {
        var network = AnalysisGolden.Read().Cnn.Network();
        var direction = Direction.Random(network, seed: 3);
        foreach (var (value, step) in network.Parameters.Select(parameter => parameter.Value).Zip(direction.Steps))
        {
            var expected = value.Shape.Count > 1 ? RowNorms(value) : new double[value.Shape[0]];
            AssertClose.Equal(expected, RowNorms(step), 1e-6, $"{value.Shape}");
        }

        Assert.Equal(direction.Steps[0].ToArray(), Direction.Random(network, seed: 3).Steps[0].ToArray());
        Assert.NotEqual(direction.Steps[0].ToArray(), Direction.Random(network, seed: 4).Steps[0].ToArray());
    }

    // Dropout is off while the loss is evaluated, batch normalisation keeps its statistics, and a failure changes nothing.
    [Fact]
    public void The_network_is_restored()
    {
        var (norm, layer) = (new BatchNorm1d(4), new Linear(4, 3, seed: 5));
        Sequential network = [norm, new Dropout(0.5f), layer];
        norm.Train(false);
        var (value, numbers) = (layer.Weight.Value, layer.Weight.Value.ToArray());
        var calls = 0;
        var loss = () => ++calls == 5 ? throw new InvalidTimeZoneException() : network.Forward(Golden.X.ToTensor()).Square().Sum();

        Assert.Throws<InvalidTimeZoneException>(() => LossLine.Along(network, loss, Direction.Random(network)));
        var line = LossLine.Along(network, loss, new Direction([.. network.Parameters.Select(parameter => Tensor.Zeros(parameter.Shape))]), points: 3);
        Assert.Single(line.Losses.Distinct());

        Assert.Same(value, layer.Weight.Value);
        Assert.Equal(numbers, layer.Weight.Value.ToArray());
        Assert.Equal(new float[4], norm.RunningMean.Value.ToArray());
        Assert.Equal((true, false, true), (network.IsTraining, norm.IsTraining, layer.IsTraining));
    }

    [Fact]
    public void A_shared_value_is_moved_once()
    {
        var (first, second) = (new Linear(2, 2, bias: false), new Linear(2, 2, bias: false));
        second.Weight.Bind(first.Weight);
        Sequential network = [first, second];
        Assert.Single(Direction.Random(network).Steps);
        Assert.Equal(4, new Hessian(network, () => network.Forward(Tensor.Ones([1, 2])).Sum()).Size);
    }

    public static TheoryData<string, Action> Mistakes() => new()
    {
        { "LossLine.Along: expected parameters of shapes [1, 2], got [2, 1]", () => Line(new Direction([Tensor.Ones([2, 1])])) },
        { "LossLine.Along: expected parameters of shapes [1, 2], got none", () => Line(new Direction([])) },
        { "Direction.Between: expected parameters of shapes [1, 2], got [1, 3]", () => Direction.Between(Layer, new Linear(3, 1, bias: false)) },
        { "1 points from -1 to 1: expected at least two points", () => Line(Along(1, 1), points: 1) },
        { "5 points from 1 to 1: expected at least two points of a rising range", () => Line(Along(1, 1), from: 1) },
        { "5 points from NaN to 1", () => Line(Along(1, 1), from: double.NaN) },
        { "LossLine.Along: expected a scalar loss, got [1, 2]", () => LossLine.Along(Layer, () => Layer.Weight, Along(1, 1)) },
        { "LossLine.Along: expected at least one value to vary", () => LossLine.Along(new ReLU(), () => Tensor.Scalar(1), new Direction([])) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);

    private static Linear Layer { get; } = new(2, 1, bias: false);

    private static LossLine Line(Direction direction, double from = -1, int points = 5) =>
        LossLine.Along(Layer, () => Layer.Weight.Value.Sum(), direction, from, 1, points);

    private static Direction Along(float first, float second) => new([Tensor.From(new[,] { { first, second } })]);

    private static double[] RowNorms(Tensor tensor) =>
        [.. tensor.ToArray().Chunk(tensor.Length / tensor.Shape[0]).Select(row => Math.Sqrt(row.Sum(value => (double)value * value)))];
}
