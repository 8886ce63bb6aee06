using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>A computation that a device and the CPU backend must agree on.</summary>
/// <param name="Case">What is computed, and its shape.</param>
/// <param name="Compute">One result for each operation that it tries.</param>
/// <param name="Tolerance">Of the largest |difference|, as a share of the largest |expected value|.</param>
internal sealed record KernelCheck(string Case, Func<Operands, IReadOnlyList<CheckedValues>> Compute, double Tolerance = KernelCheck.Usual)
{
    /// <summary>A few units of the last place, after sums of some thousand terms.</summary>
    public const double Usual = 1e-5;

    /// <summary>For gradients that add up a hundred thousand terms.</summary>
    public const double LongSums = 1e-4;

    /// <summary>What is expected, where it is not what the CPU backend computes.</summary>
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
            // The other checks say what of the device still works.
            return [new CheckRow(Case, Case, double.NaN, Tolerance, false, error.GetBaseException().Message)];
        }
    }

    private CheckRow Compare(CheckedValues actual, CheckedValues expected)
    {
        var error = WorstError(actual.Values, expected.Values);
        return new CheckRow(actual.Operation, Case, error, Tolerance, error <= Tolerance, null);
    }

    /// <summary>max |a - b| / max |b|; infinite where one has no number, or an infinite one, and the other has another value there.</summary>
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

/// <summary>How far a device was from the CPU in one result.</summary>
/// <param name="Operation">The member of <see cref="IBackend"/>.</param>
/// <param name="Case">What was computed, and its shape.</param>
/// <param name="Error">The largest |difference| as a share of the largest |expected value|.</param>
/// <param name="Tolerance">What it may be.</param>
/// <param name="IsRight">Whether it is.</param>
/// <param name="Message">What went wrong, where nothing was computed.</param>
internal sealed record CheckRow(string Operation, string Case, double Error, double Tolerance, bool IsRight, string? Message);

/// <summary>Every operation of a backend on a device, against the CPU.</summary>
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
