using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

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
