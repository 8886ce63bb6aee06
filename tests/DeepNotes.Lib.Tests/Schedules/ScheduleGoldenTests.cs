using DeepNotes.Tests.Support;

namespace DeepNotes.Tests;

public sealed class ScheduleGoldenTests
{
    private static readonly GoldenSchedules Golden = GoldenFile.Read<GoldenSchedules>("schedules.json");

    private static readonly Dictionary<string, Schedule> Rows = new()
    {
        ["constant"] = Schedules.Constant(0.5),
        ["step"] = Schedules.Step(7, 0.3),
        ["multi-step"] = Schedules.MultiStep([12, 5, 30], 0.2),
        ["exponential"] = Schedules.Exponential(0.9),
        ["polynomial"] = Schedules.Polynomial(30, power: 2),
        ["linear to a tenth"] = Schedules.Polynomial(30, end: 0.1),
        ["1/t"] = Schedules.InverseTime(0.3),
        ["1/sqrt"] = Schedules.InverseSquareRoot(),
        ["cosine"] = Schedules.Cosine(40, end: 0.1),
        ["cosine with restarts"] = Schedules.CosineRestarts(9, end: 0.05),
        ["cosine with longer restarts"] = Schedules.CosineRestarts(5, growth: 2),
        ["one cycle"] = Schedules.OneCycle(41),
        ["one cycle with a long warm-up"] = Schedules.OneCycle(41, warmUp: 0.6, start: 0.1, end: 0.001),
        ["warm-up, then exponential"] = Schedules.Exponential(0.9).AfterWarmUp(8, start: 0.25),
        ["step up"] = Schedules.Step(7, 1.5),
        ["multi-step up"] = Schedules.MultiStep([5, 12, 30], 2),
        ["exponential up"] = Schedules.Exponential(1.1),
        ["linear up"] = Schedules.Polynomial(30, end: 3),
        ["cosine up"] = Schedules.Cosine(40, end: 2.5),
        ["cosine with restarts up"] = Schedules.CosineRestarts(9, end: 1.5),
        ["warm-up, then step"] = Schedules.Step(7, 0.3).AfterWarmUp(5, start: 0.5),
    };

    private static readonly Dictionary<string, ReduceOnPlateau> Plateaus = new()
    {
        ["patience 2"] = new ReduceOnPlateau(0.5, patience: 2),
        ["cooldown"] = new ReduceOnPlateau(patience: 1, cooldown: 2, minimum: 0.005),
        ["larger is better"] = new ReduceOnPlateau(0.5, patience: 2, threshold: 0.01, largerIsBetter: true),
    };

    public static TheoryData<string> Names() => [.. Golden.Schedules.Keys.Union(Rows.Keys)];

    public static TheoryData<string> PlateauNames() => [.. Golden.Plateaus.Keys.Union(Plateaus.Keys)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Factors_follow_PyTorch(string name)
    {
        var expected = Golden.Schedules[name];
        for (var step = 0; step < expected.Length; step++)
        {
            var factor = Rows[name](step);
            Assert.True(Math.Abs(factor - expected[step]) <= 1e-12 * Math.Abs(expected[step]), $"{name}, step {step}: {factor:R}, expected {expected[step]:R}");
        }
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

        AssertClose.Equal(Golden.Plateaus[name], [.. factors], 1e-12, name);
    }

    private sealed record GoldenSchedules(
        Dictionary<string, double[]> Schedules, double[] Metrics, Dictionary<string, double[]> Plateaus);
}
