namespace DeepNotes.Tests;

/// <summary>A custom layer.</summary>
internal sealed class Formula(Func<Tensor, Tensor> f) : Layer
{
    protected override Tensor Compute(Tensor x) => f(x);
}
