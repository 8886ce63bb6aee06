namespace DeepNotes;

/// <summary>The quantity that attributions explain: the score of a class, before any softmax.</summary>
internal static class ClassScore
{
    /// <summary>The given classes, or else those of the largest scores.</summary>
    public static int[] Classes(string operation, Layer network, Tensor x, int[]? classes)
    {
        ActivationCapture.CheckNotEmpty(operation, x);
        using (new EvaluationScope(network))
        using (Recording.Pause())
        {
            var scores = Checked(operation, network.Forward(x));
            classes ??= scores.ArgMax();
            Labels.Check(operation, classes, scores.Shape[0], scores.Shape[1]);
            return classes;
        }
    }

    /// <summary>Σₙ y[n, classes[n]]. One gradient of the sum holds that of every sample: in evaluation, samples are independent.</summary>
    public static Tensor Sum(string operation, Tensor scores, int[] classes) => Checked(operation, scores).Pick(classes).Sum();

    private static Tensor Checked(string operation, Tensor scores) => scores.Shape.Count == 2
        ? scores
        : throw new ShapeException($"{operation}: expected a network that gives scores [N, C], got {scores.Shape}.");
}
