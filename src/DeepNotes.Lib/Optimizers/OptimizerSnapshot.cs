namespace DeepNotes;

/// <summary>
/// All that an optimizer remembers, for a checkpoint: continuing from it is as if there had been no stop. Tensors are
/// named by the position of their parameter and their own name, <c>0.velocity</c>; numbers are <c>step</c>,
/// <c>learningRate</c>, <c>accumulated</c> (calls since the last update) and, for each parameter, <c>0.step</c>.
/// </summary>
/// <param name="Optimizer">The optimizer's type: <c>Adam</c>.</param>
/// <param name="Tensors">What it remembers of each parameter.</param>
/// <param name="Numbers">Counters and rates.</param>
public sealed record OptimizerSnapshot(
    string Optimizer, IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, double> Numbers);
