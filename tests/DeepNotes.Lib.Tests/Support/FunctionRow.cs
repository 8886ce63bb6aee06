using DeepNotes.Functions;

namespace DeepNotes.Tests.Support;

/// <summary>A function struct, its formula and that of its derivative in double precision, and the largest error allowed for each in ulp.</summary>
public abstract record FunctionRow(string Name, Func<double, double> Exact, double Ulps, Func<double, double> ExactSlope, double SlopeUlps)
{
    public abstract IUnaryOp Function { get; }

    /// <summary>A root of the derivative away from 0, where two terms cancel: within 1/2 of it, the error is measured in ulp of 1/8. NaN if there is none.</summary>
    public double SlopeRoot { get; init; } = double.NaN;

    /// <summary>The domain of the function.</summary>
    public Func<float, bool> Domain { get; init; } = _ => true;

    /// <summary>Computes the value and the derivative at each x with a tensor on the current device.</summary>
    public abstract (float[] Values, float[] Slopes) Compute(float[] x);

    public double SlopeScale(double x) => Math.Abs(x - SlopeRoot) < 0.5 ? 0.125 : 0;

    public sealed override string ToString() => Name;
}

public sealed record FunctionRow<TOp>(
    TOp F, Func<double, double> Exact, double Ulps, Func<double, double> ExactSlope, double SlopeUlps, string? Name = null)
    : FunctionRow(Name ?? typeof(TOp).Name, Exact, Ulps, ExactSlope, SlopeUlps)
    where TOp : struct, IUnaryOp
{
    public override IUnaryOp Function => F;

    public override (float[] Values, float[] Slopes) Compute(float[] x)
    {
        var tensor = Tensor.From(x, [x.Length]).RequireGradient();
        var y = tensor.Map(F);
        y.Backward(Tensor.Ones(y.Shape));
        return (y.ToArray(), tensor.Gradient!.ToArray());
    }
}
