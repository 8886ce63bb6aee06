using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>y = f(x), element by element, for any function struct.</summary>
public abstract class Activation<TOp>(TOp f) : Layer
    where TOp : struct, IUnaryOp
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Map(f);
}

/// <summary>max(0, x).</summary>
public sealed class ReLU() : Activation<Functions.ReLU>(default);

/// <summary>1/(1 + e⁻ˣ).</summary>
public sealed class Sigmoid() : Activation<Functions.Sigmoid>(default);

/// <summary>tanh x.</summary>
public sealed class Tanh() : Activation<Functions.Tanh>(default);
