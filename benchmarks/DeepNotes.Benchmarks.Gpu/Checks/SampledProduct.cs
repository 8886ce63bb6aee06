namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>A product of two random [n, n] matrices, and a sample of its rows in double precision: all rows would take minutes.</summary>
internal sealed class SampledProduct(int n, bool transposesA = false, bool transposesB = false)
{
    public const int Rows = 8;

    private readonly Lazy<float[]> _a = new(() => Operands.Numbers(n * n, -1, 1, seed: 1));
    private readonly Lazy<float[]> _b = new(() => Operands.Numbers(n * n, -1, 1, seed: 2));

    public float[] A => _a.Value;

    public float[] B => _b.Value;

    // Evenly spaced, including the first and the last.
    private IEnumerable<int> Sampled => Enumerable.Range(0, Rows).Select(i => (int)((n - 1L) * i / (Rows - 1)));

    /// <summary>Returns the sampled rows of a result.</summary>
    public CheckedValues RowsOf(CheckedValues c) => c with { Values = [.. Sampled.SelectMany(row => c.Values[(row * n)..((row + 1) * n)])] };

    /// <summary>The expected values of the sampled rows.</summary>
    public CheckedValues Expected(string operation) => new(operation, [.. Sampled.SelectMany(Row)]);

    private float[] Row(int row)
    {
        var (a, b, sums) = (A, B, new float[n]);
        Parallel.For(0, n, j =>
        {
            var sum = 0.0;
            for (var k = 0; k < n; k++)
            {
                sum += (double)a[transposesA ? k * n + row : row * n + k] * b[transposesB ? j * n + k : k * n + j];
            }

            sums[j] = (float)sum;
        });
        return sums;
    }
}
