using System.Text.Json;

namespace DeepNotes.Tests.Support;

/// <summary>Numbers computed by another program, stored next to the script that computed them.</summary>
public static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)), Options)!;
}

public sealed record GoldenArray(int[] Shape, double[] Values)
{
    public Tensor ToTensor() => Tensor.From(Array.ConvertAll(Values, value => (float)value), Shape);
}
