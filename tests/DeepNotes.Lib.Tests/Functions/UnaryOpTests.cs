using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Functions;

/// <summary>The two forms of every function struct, scalar and vector, agree; and the derivative is the function's.</summary>
public sealed class UnaryOpTests
{
    // Off the corners of the hard forms at 0, ±1 and ±3.
    private static readonly float[] Points = [.. Enumerable.Range(0, 144).Select(i => -6.95f + (0.1f * i))];

    public static TheoryData<IUnaryOp> Rows()
    {
        var rows = new TheoryData<IUnaryOp>();
        foreach (var type in typeof(IUnaryOp).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IUnaryOp))))
        {
            var parameters = type.GetConstructors().SingleOrDefault()?.GetParameters() ?? [];
            rows.Add((IUnaryOp)Activator.CreateInstance(type, [.. parameters.Select(_ => (object)0.7f)])!);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Scalar_vector_and_derivative_agree(IUnaryOp f)
    {
        for (var i = 0; i < Points.Length; i += Vector512<float>.Count)
        {
            var x = Vector512.Create<float>(Points.AsSpan(i));
            var y = f.F(x);
            var slope = f.Derivative(x, y);
            for (var lane = 0; lane < Vector512<float>.Count; lane++)
            {
                if (!float.IsFinite(f.F(x[lane])))
                {
                    Assert.Equal(f.F(x[lane]), y[lane]);
                    continue;
                }

                Near(f.F(x[lane]), y[lane], 2e-6);
                Near(f.Derivative(x[lane], f.F(x[lane])), slope[lane], 2e-5);
                const float step = 2e-3f;
                Near((f.F(x[lane] + step) - f.F(x[lane] - step)) / (2 * step), slope[lane], 1e-2);
            }
        }

        void Near(float expected, float actual, double tolerance) =>
            Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{f.GetType().Name}: {actual} for {expected}");
    }
}
