namespace DeepNotes.Tests.Support;

/// <summary>The golden numbers of data.py.</summary>
public sealed record DataGolden(
    GoldenArray Train,
    GoldenArray Other,
    Dictionary<string, GoldenArray[]> Transforms,
    int[] Labels,
    int[] Predictions,
    GoldenArray PerClass,
    GoldenArray Macro,
    GoldenArray Weighted,
    GoldenArray Scores,
    int[] TopLabels,
    double[] Top,
    Dictionary<string, RocGolden> Roc)
{
    public static DataGolden Numbers { get; } = GoldenFile.Read<DataGolden>("data.json");
}

public sealed record RocGolden(float[] Scores, int[] Labels, double Area, double[] FalsePositiveRates, double[] TruePositiveRates);
