using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>y = f(x), element by element, for any function struct.</summary>
public abstract class Activation<TOp>(TOp f) : Layer
    where TOp : struct, IUnaryOp
{
    internal sealed override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Map(f);
}

/// <summary>1 for x ≥ 0, else 0: the perceptron's threshold, which passes no gradient.</summary>
public sealed class Step() : Activation<Functions.Step>(default);

/// <summary>1/(1 + e⁻ˣ).</summary>
public sealed class Sigmoid() : Activation<Functions.Sigmoid>(default);

/// <summary>tanh x.</summary>
public sealed class Tanh() : Activation<Functions.Tanh>(default);

/// <summary>max(0, x).</summary>
public sealed class ReLU() : Activation<Functions.ReLU>(default)
{
    /// <summary>max(0, branch + shortcut) in one pass over memory; computed layer by layer while a watcher is attached.</summary>
    internal Tensor ForwardSum(Tensor branch, Tensor shortcut) =>
        IsWatched ? Forward(Residual.Sum(branch, shortcut)) : Residual.Sum(branch, shortcut, rectifies: true);

    /// <summary>max(0, norm(x)) in one pass over memory; computed layer by layer while a watcher is attached.</summary>
    internal Tensor ForwardAfter(BatchNorm norm, Tensor x) => IsWatched ? Forward(norm.Forward(x)) : norm.Normalize(x, rectifies: true);
}

/// <summary>x for x &gt; 0, else slope · x.</summary>
public sealed class LeakyReLU(float slope = 0.01f) : Activation<Functions.LeakyReLU>(new(slope));

/// <summary>x for x &gt; 0, else α(eˣ - 1).</summary>
public sealed class ELU(float alpha = 1) : Activation<Functions.ELU>(new(alpha));

/// <summary>The scaled ELU that keeps mean 0 and variance 1.</summary>
public sealed class SELU() : Activation<Functions.ELU>(Functions.ELU.SELU);

/// <summary>ln(1 + eˣ).</summary>
public sealed class Softplus() : Activation<Functions.Softplus>(default);

/// <summary>x · Φ(x), Φ the normal distribution function.</summary>
public sealed class GELU() : Activation<Functions.GELU>(default);

/// <summary>GELU by its tanh approximation.</summary>
public sealed class GELUTanh() : Activation<Functions.GELUTanh>(default);

/// <summary>x · σ(x), also called Swish.</summary>
public sealed class SiLU() : Activation<Functions.SiLU>(default);

/// <summary>x · tanh(softplus x).</summary>
public sealed class Mish() : Activation<Functions.Mish>(default);

/// <summary>x between -1 and 1, cut off outside.</summary>
public sealed class HardTanh() : Activation<Functions.HardTanh>(default);

/// <summary>x/6 + 1/2 between 0 and 1, cut off outside.</summary>
public sealed class HardSigmoid() : Activation<Functions.HardSigmoid>(default);

/// <summary>x · hardSigmoid(x).</summary>
public sealed class HardSwish() : Activation<Functions.HardSwish>(default);
