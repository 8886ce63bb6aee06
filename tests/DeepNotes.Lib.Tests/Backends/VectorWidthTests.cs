using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// The suite runs once for each width of vectors: a switch of the runtime that does nothing must not pass as a run of the
/// width that it was to leave.
/// </summary>
public sealed class VectorWidthTests
{
    private const string Variable = "DEEPNOTES_EXPECTED_VECTOR_BITS";

    [ExpectedWidthFact]
    public void The_backend_uses_vectors_of_the_expected_width()
    {
        var widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Assert.Equal(Environment.GetEnvironmentVariable(Variable), widest.ToString(CultureInfo.InvariantCulture));

        // Products with a vector take the width from System.Numerics, which stops at 256 unless told otherwise.
        Assert.Equal(Math.Min(widest, 256), 8 * Vector<byte>.Count);
    }

    private sealed class ExpectedWidthFactAttribute : FactAttribute
    {
        public ExpectedWidthFactAttribute() => Skip = Environment.GetEnvironmentVariable(Variable) is null
            ? $"{Variable} does not say which width of vectors to expect (.ci/run sets it)."
            : null;
    }
}
