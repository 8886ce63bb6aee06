using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Functions;

/// <summary>The two forms of every function struct, scalar and vector, agree; and the derivative is the function's.</summary>
public sealed class UnaryOpTests
{
    private static readonly float[] Points = [.. Enumerable.Range(0, 64).Select(i => 0.13f + (0.11f * i))];

    public static TheoryData<IUnaryOp> Rows()
    {
        var rows = new TheoryData<IUnaryOp>();
        foreach (var type in typeof(IUnaryOp).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IUnaryOp))))
        {
            rows.Add(type == typeof(Affine) ? new Affine(2, 3) : (IUnaryOp)Activator.CreateInstance(type)!);
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
                Near(f.F(x[lane]), y[lane], 2e-6);
                Near(f.Derivative(x[lane], f.F(x[lane])), slope[lane], 2e-5);
                const float step = 1e-2f;
                Near((f.F(x[lane] + step) - f.F(x[lane] - step)) / (2 * step), slope[lane], 1e-2);
            }
        }

        void Near(float expected, float actual, double tolerance) =>
            Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{f.GetType().Name}: {actual} for {expected}");
    }
}
