using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>A scalar function of several tensors as a function of one vector θ [P]: its value at θ + step, and its Hessian at θ.</summary>
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
            throw new ArgumentException($"{operation}: expected at least one value to vary, got none; is the network without parameters, or frozen?");
        }
    }

    /// <summary>The number of elements, P.</summary>
    public int Size { get; }

    /// <summary>A loss as a function of some of a network's parameter values. The network is restored after each evaluation.</summary>
    public static ScalarField Of(string operation, Layer network, Func<Tensor> loss, IReadOnlyList<Tensor> values) => new(
        operation,
        shifted =>
        {
            var substitutes = values.Zip(shifted).ToDictionary(pair => pair.First, pair => pair.Second);
            using (new EvaluationScope(network, value => substitutes.GetValueOrDefault(value) ?? value.Detach()))
            {
                return loss();
            }
        },
        values);

    public double Value(Vector<double> step)
    {
        using (Recording.Pause())
        {
            return Scalar(Shifted(step)).ToSingle();
        }
    }

    /// <summary>
    /// v ↦ Hv at θ, for any number of v: ∇L is computed and recorded once, and each Hv = ∇(∇L·v) is one backward pass through
    /// that record (Pearlmutter 1994).
    /// </summary>
    public Func<Vector<double>, Vector<double>> HessianProduct()
    {
        var leaves = Shifted(Vector<double>.Build.Dense(Size)).ConvertAll(leaf => leaf.RequireGradient());
        var gradients = Gradients(leaves);
        return v =>
        {
            // The gradient of components in which the loss is linear is constant: nothing was recorded for it.
            var terms = gradients.Zip(Parts(v), (gradient, part) => (gradient * part).Sum()).Where(term => term.RequiresGradient).ToList();
            return terms.Count == 0
                ? Vector<double>.Build.Dense(Size)
                : Join(Tensor.Gradients(terms.Aggregate((sum, term) => sum + term), leaves, keepTape: true));
        };
    }

    private Tensor[] Gradients(List<Tensor> leaves)
    {
        var loss = Scalar(leaves);
        if (!loss.RequiresGradient)
        {
            throw new InvalidOperationException(
                $"{_operation}: the loss does not depend on what is varied; compute it anew at each call, with Forward instead of Predict.");
        }

        var gradients = Tensor.Gradients(loss, leaves, createGraph: true);
        return float.IsFinite(loss.ToSingle()) && Join(gradients).ForAll(double.IsFinite)
            ? gradients
            : throw new ArithmeticException($"{_operation}: the loss, {loss.ToSingle()}, or its gradient is not finite; look for NaN in weights and inputs.");
    }

    private Tensor Scalar(IReadOnlyList<Tensor> at)
    {
        var loss = _f(at);
        return loss.Length == 1
            ? loss
            : throw new ShapeException($"{_operation}: expected a scalar loss, got {loss.Shape}; reduce it with Sum() or Mean().");
    }

    private static Vector<double> Join(IEnumerable<Tensor> parts) =>
        Vector<double>.Build.DenseOfEnumerable(parts.SelectMany(part => part.ToArray()).Select(value => (double)value));

    // Splits a vector [P] into tensors of the original shapes.
    private IEnumerable<Tensor> Parts(Vector<double> v)
    {
        var (values, offset) = (Array.ConvertAll(v.ToArray(), value => (float)value), 0);
        foreach (var tensor in _point)
        {
            yield return Tensor.From(values.AsSpan(offset, tensor.Length), tensor.Shape, tensor.Device);
            offset += tensor.Length;
        }
    }

    private List<Tensor> Shifted(Vector<double> step)
    {
        var (shifted, offset) = (new List<Tensor>(), 0);
        foreach (var tensor in _point)
        {
            var values = tensor.ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(values[i] + step[offset + i]);
            }

            shifted.Add(Tensor.From(values, tensor.Shape, tensor.Device));
            offset += tensor.Length;
        }

        return shifted;
    }
}
