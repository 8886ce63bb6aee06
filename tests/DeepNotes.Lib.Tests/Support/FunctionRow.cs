using DeepNotes.Functions;

namespace DeepNotes.Tests.Support;

/// <summary>A function struct beside its formula and its derivative's in double precision, with the largest error of each in ulp.</summary>
public abstract record FunctionRow(string Name, Func<double, double> Exact, double Ulps, Func<double, double> ExactSlope, double SlopeUlps)
{
    public abstract IUnaryOp Function { get; }

    /// <summary>Where the derivative is 0 as a difference: within 1/2 of it its error is in units of 1/8.</summary>
    public double SlopeRoot { get; init; } = double.NaN;

    /// <summary>Which x the function is defined for.</summary>
    public Func<float, bool> Domain { get; init; } = _ => true;

    /// <summary>The value and the derivative at each x, by a tensor of the device in use.</summary>
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
