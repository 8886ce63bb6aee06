using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// The suite runs once for each vector width: a runtime switch that has no effect must not pass as a run at the
/// narrower width.
/// </summary>
public sealed class VectorWidthTests
{
    private const string Variable = "DEEPNOTES_EXPECTED_VECTOR_BITS";

    [ExpectedWidthFact]
    public void The_backend_uses_vectors_of_the_expected_width()
    {
        var widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Assert.Equal(Environment.GetEnvironmentVariable(Variable), widest.ToString(CultureInfo.InvariantCulture));

        // Matrix-vector products use System.Numerics.Vector, which is at most 256 bits wide by default.
        Assert.Equal(Math.Min(widest, 256), 8 * Vector<byte>.Count);
    }

    private sealed class ExpectedWidthFactAttribute : FactAttribute
    {
        public ExpectedWidthFactAttribute() => Skip = Environment.GetEnvironmentVariable(Variable) is null
            ? $"{Variable} does not state the expected vector width (.ci/run sets it)."
            : null;
    }
}
