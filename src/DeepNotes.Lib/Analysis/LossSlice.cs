using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>The loss at θ + Σ αᵢdᵢ, in evaluation mode; the network is restored after each evaluation.</summary>
internal sealed class LossSlice
{
    private readonly ScalarField _loss;
    private readonly Vector<double>[] _directions;

    public LossSlice(string operation, Layer network, Func<Tensor> loss, params Direction[] directions)
    {
        var values = EvaluationScope.ParameterValues(network);
        foreach (var direction in directions)
        {
            Direction.CheckShapes(operation, direction.Steps, values);
        }

        _loss = ScalarField.Of(operation, network, loss, values);
        _directions = [.. directions.Select(direction =>
            Vector<double>.Build.DenseOfEnumerable(direction.Steps.SelectMany(step => step.ToArray()).Select(value => (double)value)))];
    }

    public static double[] Positions(string operation, double from, double to, int points) =>
        double.IsFinite(from) && double.IsFinite(to) && from < to && points > 1
            ? [.. Enumerable.Range(0, points).Select(i => from + (to - from) * i / (points - 1))]
            : throw new ArgumentOutOfRangeException(
                nameof(points), $"{operation}: {points} points from {from} to {to}: expected at least two points of a rising range.");

    public double At(params double[] alphas) => _loss.Value(_directions.Zip(alphas, (direction, alpha) => alpha * direction).Aggregate((a, b) => a + b));
}
