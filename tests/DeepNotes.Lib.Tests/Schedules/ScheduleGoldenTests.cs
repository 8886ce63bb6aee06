using DeepNotes.Tests.Support;

namespace DeepNotes.Tests;

public sealed class ScheduleGoldenTests
{
    private static readonly GoldenSchedules Golden = GoldenFile.Read<GoldenSchedules>("schedules.json");

    private static readonly Dictionary<string, Schedule> Rows = new()
    {
        ["constant"] = Schedules.Constant(0.5f),
        ["step"] = Schedules.Step(7, 0.3f),
        ["multi-step"] = Schedules.MultiStep([12, 5, 30], 0.2f),
        ["exponential"] = Schedules.Exponential(0.9f),
        ["polynomial"] = Schedules.Polynomial(30, power: 2),
        ["linear to a tenth"] = Schedules.Polynomial(30, end: 0.1f),
        ["1/t"] = Schedules.InverseTime(0.3f),
        ["1/sqrt"] = Schedules.InverseSquareRoot(),
        ["cosine"] = Schedules.Cosine(40, end: 0.1f),
        ["cosine with restarts"] = Schedules.CosineRestarts(9, end: 0.05f),
        ["cosine with longer restarts"] = Schedules.CosineRestarts(5, growth: 2),
        ["one cycle"] = Schedules.OneCycle(41),
        ["one cycle with a long warm-up"] = Schedules.OneCycle(41, warmUp: 0.6f, start: 0.1f, end: 0.001f),
        ["warm-up, then exponential"] = Schedules.Exponential(0.9f).AfterWarmUp(8, start: 0.25f),
        ["warm-up, then step"] = Schedules.Step(7, 0.3f).AfterWarmUp(5, start: 0.5f),
    };

    private static readonly Dictionary<string, ReduceOnPlateau> Plateaus = new()
    {
        ["patience 2"] = new ReduceOnPlateau(0.5f, patience: 2),
        ["cooldown"] = new ReduceOnPlateau(patience: 1, cooldown: 2, minimum: 0.005f),
        ["larger is better"] = new ReduceOnPlateau(0.5f, patience: 2, threshold: 0.01, largerIsBetter: true),
    };

    public static TheoryData<string> Names() => [.. Golden.Schedules.Keys.Union(Rows.Keys)];

    public static TheoryData<string> PlateauNames() => [.. Golden.Plateaus.Keys.Union(Plateaus.Keys)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Factors_follow_PyTorch(string name)
    {
        var expected = Golden.Schedules[name];
        AssertClose.Equal(expected, [.. Enumerable.Range(0, expected.Length).Select(step => (double)Rows[name](step))], 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(PlateauNames))]
    public void Plateaus_follow_PyTorch(string name)
    {
        var plateau = Plateaus[name];
        var factors = new List<double>();
        foreach (var metric in Golden.Metrics)
        {
            plateau.Report(name == "larger is better" ? 1 / metric : metric);
            factors.Add(plateau.Schedule(0));
        }

        AssertClose.Equal(Golden.Plateaus[name], [.. factors], 1e-6, name);
    }

    private sealed record GoldenSchedules(
        Dictionary<string, double[]> Schedules, double[] Metrics, Dictionary<string, double[]> Plateaus);
}
