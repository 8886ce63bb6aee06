namespace DeepNotes;

/// <summary>What a recurrent layer hands from one step to the next.</summary>
/// <param name="Hidden">h [N, hidden], which is also the step's output.</param>
/// <param name="Cell">c [N, hidden] of an <see cref="LSTM"/>; null for the layers without.</param>
public sealed record RecurrentState(Tensor Hidden, Tensor? Cell = null)
{
    /// <summary>The same values without their past: where backpropagation through a long sequence is cut off.</summary>
    public RecurrentState Detach() => new(Hidden.Detach(), Cell?.Detach());
}
