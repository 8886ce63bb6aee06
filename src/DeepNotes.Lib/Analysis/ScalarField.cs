using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>A scalar function of some tensors, seen as one of a vector θ [P]: its value and gradient at θ + step.</summary>
internal sealed class ScalarField
{
    private readonly string _operation;
    private readonly Func<IReadOnlyList<Tensor>, Tensor> _f;
    private readonly IReadOnlyList<Tensor> _point;

    public ScalarField(string operation, Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> point)
    {
        (_operation, _f, _point) = (operation, f, point);
        Size = point.Sum(tensor => tensor.Length);
        if (Size == 0)
        {
            throw new ArgumentException($"{operation}: expected at least one value to move, got none; is the network without parameters, or frozen?");
        }
    }

    /// <summary>P.</summary>
    public int Size { get; }

    /// <summary>A loss as a function of some of a network's parameter values; the network itself is not touched.</summary>
    public static ScalarField Of(string operation, Layer network, Func<Tensor> loss, IReadOnlyList<Tensor> values) => new(
        operation,
        moved =>
        {
            var standIns = values.Zip(moved).ToDictionary(pair => pair.First, pair => pair.Second);
            using (new Borrowed(network, value => standIns.GetValueOrDefault(value) ?? value.Detach()))
            {
                return loss();
            }
        },
        values);

    /// <summary>The root mean square of θ.</summary>
    public double TypicalValue() => Math.Sqrt(_point.Sum(tensor => tensor.ToArray().Sum(value => (double)value * value)) / Size);

    public double Value(Vector<double> step)
    {
        using (Recording.Pause())
        {
            return Scalar(Moved(step)).ToSingle();
        }
    }

    public Vector<double> Gradient(Vector<double> step)
    {
        var leaves = Moved(step).ConvertAll(leaf => leaf.RequireGradient());
        var loss = Scalar(leaves);
        if (!loss.RequiresGradient)
        {
            throw new InvalidOperationException(
                $"{_operation}: the loss does not depend on what is moved; compute it anew at each call, with Forward instead of Predict.");
        }

        loss.Backward();
        var gradient = leaves.SelectMany(leaf => leaf.Gradient?.ToArray() ?? new float[leaf.Length]).Select(value => (double)value).ToArray();
        return float.IsFinite(loss.ToSingle()) && Array.TrueForAll(gradient, double.IsFinite)
            ? Vector<double>.Build.Dense(gradient)
            : throw new ArithmeticException($"{_operation}: the loss, {loss.ToSingle()}, or its gradient is not finite; look for NaN in weights and inputs.");
    }

    private Tensor Scalar(IReadOnlyList<Tensor> at)
    {
        var loss = _f(at);
        return loss.Length == 1
            ? loss
            : throw new ShapeException($"{_operation}: expected a scalar loss, got {loss.Shape}; reduce it with Sum() or Mean().");
    }

    private List<Tensor> Moved(Vector<double> step)
    {
        var (moved, offset) = (new List<Tensor>(), 0);
        foreach (var tensor in _point)
        {
            var values = tensor.ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(values[i] + step[offset + i]);
            }

            moved.Add(Tensor.From(values, tensor.Shape, tensor.Device));
            offset += tensor.Length;
        }

        return moved;
    }
}
