using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>A computation on which a device and the CPU backend must agree.</summary>
/// <param name="Case">The computation and its shape.</param>
/// <param name="Compute">Returns a result for each operation under test.</param>
/// <param name="Tolerance">The largest max |difference| / max |expected value| allowed.</param>
internal sealed record KernelCheck(string Case, Func<Operands, IReadOnlyList<CheckedValues>> Compute, double Tolerance = KernelCheck.Usual)
{
    /// <summary>A few ulp after sums of some thousand terms.</summary>
    public const double Usual = 1e-5;

    /// <summary>For gradients that are sums of a hundred thousand terms.</summary>
    public const double LongSums = 1e-4;

    /// <summary>The expected results; null for those of the CPU backend.</summary>
    public Func<IReadOnlyList<CheckedValues>>? Expected { get; init; }

    public IReadOnlyList<CheckRow> On(Device device)
    {
        try
        {
            var expected = Expected?.Invoke() ?? Compute(new Operands(Device.Cpu.Backend));
            return [.. Compute(new Operands(device.Backend)).Zip(expected, (actual, wanted) => Compare(actual, wanted))];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The run continues: the other checks show which operations work.
            return [new CheckRow(Case, Case, double.NaN, Tolerance, false, error.GetBaseException().Message)];
        }
    }

    private CheckRow Compare(CheckedValues actual, CheckedValues expected)
    {
        var error = WorstError(actual.Values, expected.Values);
        return new CheckRow(actual.Operation, Case, error, Tolerance, error <= Tolerance, null);
    }

    /// <summary>Returns max |a - b| / max |b|; infinite if an element is NaN or infinite in one and different in the other.</summary>
    internal static double WorstError(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
        {
            return double.PositiveInfinity;
        }

        var (worst, largest) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (float.IsFinite(actual[i]) && float.IsFinite(expected[i]))
            {
                worst = Math.Max(worst, Math.Abs((double)actual[i] - expected[i]));
                largest = Math.Max(largest, Math.Abs((double)expected[i]));
            }
            else if (!actual[i].Equals(expected[i]))
            {
                return double.PositiveInfinity;
            }
        }

        return worst == 0 ? 0 : worst / largest;
    }
}

/// <summary>The error of one result against the CPU.</summary>
/// <param name="Operation">The member of <see cref="IBackend"/>.</param>
/// <param name="Case">The computation and its shape.</param>
/// <param name="Error">max |difference| / max |expected value|.</param>
/// <param name="Tolerance">The largest error allowed.</param>
/// <param name="IsRight">Whether the error is within the tolerance.</param>
/// <param name="Message">The error message, if the computation failed.</param>
internal sealed record CheckRow(string Operation, string Case, double Error, double Tolerance, bool IsRight, string? Message);

/// <summary>The checks of every operation of a backend against the CPU.</summary>
internal static class KernelChecks
{
    public static IEnumerable<KernelCheck> All(Sizes sizes) =>
        [.. ElementwiseChecks.All(sizes), .. ReductionChecks.All(sizes), .. ProductChecks.All(sizes), .. ConvolutionChecks.All(sizes), .. RecurrentChecks.All(sizes)];

    public static IReadOnlyList<CheckRow> Run(IEnumerable<KernelCheck> checks, Device device, Action<string> report)
    {
        var rows = new List<CheckRow>();
        foreach (var check in checks)
        {
            report($"check {check.Case}");
            rows.AddRange(check.On(device));
        }

        return rows;
    }
}
