namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>A figure that is looked for in each run.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">What came out, or null where it could not be measured.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="AtLeast">What is wanted; null where the figure is only told.</param>
/// <param name="Remark">What it was measured against, or why it was not.</param>
internal sealed record Goal(string Name, double? Value, string Unit, double? AtLeast, string Remark)
{
    /// <summary>Null where nothing is wanted or nothing could be measured.</summary>
    public bool? IsReached => AtLeast is null || Value is null ? null : Value >= AtLeast;
}
