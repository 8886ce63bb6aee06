namespace DeepNotes;

/// <summary>
/// A direction in the space of a network's parameters: a step for each parameter value, in the order of
/// <see cref="Module.Parameters"/>; a value that several parameters share has one step.
/// </summary>
public sealed record Direction(IReadOnlyList<Tensor> Steps)
{
    /// <summary>
    /// A random direction with filter normalisation (Li et al. 2018, "Visualizing the loss landscape of neural nets"): each row
    /// d_i of a weight, which is one neuron or one filter, is scaled to the norm of the row θ_i that it perturbs,
    /// d_i ← d_i·‖θ_i‖/‖d_i‖, so that networks of different scales compare. Parameters with one axis, which are biases and
    /// those of normalisation layers, are left unchanged.
    /// </summary>
    public static Direction Random(Layer network, ulong seed = 0)
    {
        var generator = new Generator(seed);
        return new([.. EvaluationScope.ParameterValues(network).Select(value => value.Shape.Count < 2
            ? Tensor.Full(value.Shape, 0, value.Device)
            : Tensor.From(FilterNormalised(generator, value), value.Shape, value.Device))]);
    }

    /// <summary>The direction from one solution to another of the same architecture (Goodfellow et al. 2015): θ' - θ.</summary>
    /// <exception cref="ShapeException">The networks' parameters differ.</exception>
    public static Direction Between(Layer network, Layer other)
    {
        var (from, to) = (EvaluationScope.ParameterValues(network), EvaluationScope.ParameterValues(other));
        CheckShapes("Direction.Between", to, from);
        using (Recording.Pause())
        {
            return new([.. from.Zip(to, (start, end) => end - start)]);
        }
    }

    internal static void CheckShapes(string operation, IReadOnlyList<Tensor> given, IReadOnlyList<Tensor> values)
    {
        if (given.Count != values.Count || given.Zip(values).Any(pair => pair.First.Shape != pair.Second.Shape))
        {
            throw new ShapeException($"{operation}: expected parameters of shapes {Shapes(values)}, got {Shapes(given)}.");
        }
    }

    private static string Shapes(IReadOnlyList<Tensor> tensors) => tensors.Count == 0 ? "none" : string.Join(", ", tensors.Select(tensor => tensor.Shape));

    private static float[] FilterNormalised(Generator generator, Tensor value) =>
        [.. value.ToArray().Chunk(Math.Max(1, value.Length / Math.Max(1, value.Shape[0]))).SelectMany(row =>
        {
            var d = generator.Normals(row.Length);
            var scale = Norm(row) / Norm(d);
            return d.Select(step => (float)(step * scale));
        })];

    private static double Norm(float[] row) => Math.Sqrt(row.Sum(value => (double)value * value));
}
