using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void A_matrix_view_shares_memory()
    {
        var tensor = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var view = tensor.AsMatrix();
        Assert.Equal((3, 2), (view.RowCount, view.ColumnCount));
        view[2, 1] = 60;
        Assert.Equal(60, tensor[1, 2]);
    }

    [Fact]
    public void Matrices_are_converted_by_rows()
    {
        var matrix = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([1f, 2, 3, 4, 5, 6], Tensor.From(matrix).ToArray());
        Assert.Equal(matrix, Tensor.From(matrix).ToMatrix());
    }

    [Fact]
    public void Random_tensors_have_the_requested_moments_and_are_reproducible()
    {
        var x = Tensor.Normal([100_000], mean: 2, deviation: 3, seed: 1).ToArray();
        Assert.Equal(2, x.Average(), 0.05);
        Assert.Equal(3, Math.Sqrt(x.Average(value => (value - 2.0) * (value - 2.0))), 0.05);
        Assert.Equal(x, Tensor.Normal([100_000], 2, 3, 1).ToArray());
        Assert.NotEqual(x, Tensor.Normal([100_000], 2, 3, 2).ToArray());
        var u = Tensor.Uniform([100_000], -1, 1, 1).ToArray();
        Assert.InRange(u.Min(), -1, -0.999);
        Assert.InRange(u.Max(), 0.999, 1);
    }

    // The first values of SplitMix64 from seed 1234567, as published with Vigna's C code (prng.di.unimi.it/splitmix64.c).
    [Fact]
    public void The_generator_is_SplitMix64()
    {
        var generator = new Generator(1234567);
        Assert.Equal(6457827717110365317UL, generator.NextBits());
        Assert.Equal(3203168211198807973UL, generator.NextBits());
        Assert.Equal(9817491932198370423UL, generator.NextBits());
    }

    [Fact]
    public void A_permutation_has_every_number_once_and_continues_from_a_saved_state()
    {
        var generator = new Generator(4);
        generator.Permutation(10);
        var saved = generator.State;
        var order = generator.Permutation(1000);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, new Generator(0) { State = saved }.Permutation(1000));
    }

    public static TheoryData<string, Func<object>, string> Mistakes() => new()
    {
        { "values", () => Tensor.From([1, 2, 3], [2, 2]), "[2, 2] needs 4 values, got 3" },
        { "negative shape", () => Tensor.Zeros([-1, 4]), "Shape [-1, 4]: expected lengths of 0 or more" },
        { "scalar", () => Tensor.Ones([2]).ToSingle(), "expected one element" },
        { "index", () => Tensor.Ones([2, 3])[2, 0], "2 is outside axis 0" },
        { "indices", () => Tensor.Ones([2, 3])[1], "expected 2 indices" },
        { "matrix", () => Tensor.Ones([2, 3, 4]).ToMatrix(), "expected [N, D]" },
        { "huge", () => Tensor.Zeros([70_000, 70_000]), "more than" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_reported_with_the_operation_the_expected_and_the_actual_value(string name, Func<object> mistake, string message)
    {
        Assert.NotEmpty(name);
        Assert.Contains(message, Assert.Throws<ShapeException>(mistake).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<object>> OutOfRange() => new()
    {
        { "Tensor.Linspace: count 0: expected 1 or more.", () => Tensor.Linspace(0, 1, 0) },
        { "Generator.Permutation: n -1: expected 0 or more.", () => new Generator(1).Permutation(-1) },
        { "Generator: count -1: expected 0 or more.", () => new Generator(1).Normals(-1) },
        { "Trainer.Fit: epochs 0: expected 1 or more.", () => new Trainer(new ReLU(), new SGD(1), Loss.CrossEntropy).Fit(new Dataset(Tensor.Ones([1, 1]), new int[1]), 0) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_number_out_of_range_is_named_with_its_operation(string message, Func<object> mistake) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(mistake).Message, StringComparison.Ordinal);

    public static TheoryData<string, Func<object>> Nulls() => new()
    {
        { "Trainer: expected an optimizer, got null.", () => new Trainer(new ReLU(), null!, Loss.CrossEntropy) },
        { "Trainer: expected training data, got null.", () => new Trainer(new ReLU(), new SGD(1), Loss.CrossEntropy).Fit((Dataset)null!, 1) },
    };

    [Theory]
    [MemberData(nameof(Nulls))]
    public void Null_is_named_with_its_operation(string message, Func<object> mistake) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentNullException>(mistake).Message, StringComparison.Ordinal);

    // As in NumPy and PyTorch, a negative axis counts from the last axis of the result.
    [Fact]
    public void A_stack_along_the_last_axis()
    {
        var y = Tensor.Stack(-1, Tensor.From(1, 2), Tensor.From(3, 4));
        Assert.Equal<Shape>([2, 2], y.Shape);
        Assert.Equal([1f, 3, 2, 4], y.ToArray());
    }

    [Fact]
    public void Labels_outside_their_classes_are_named() =>
        Assert.Contains("label 3", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.OneHot([3], 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_tensor_shows_its_shape_and_numbers()
    {
        Assert.Equal("Tensor [3]: 1, 2.5, -3", Tensor.From(1, 2.5f, -3).ToString());
        Assert.Contains("Tensor [2, 2], from 1 to 4, mean 2.5", Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<td>4</td>", Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).ToHtml(), StringComparison.Ordinal);
    }
}
