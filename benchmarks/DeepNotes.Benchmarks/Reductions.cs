using BenchmarkDotNet.Attributes;

namespace DeepNotes.Benchmarks;

/// <summary>Sums along both axes, the maximum, softmax and cross-entropy.</summary>
public class Reductions
{
    private Tensor _x = null!;
    private int[] _labels = null!;

    [Params(10, 1000)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _x = Tensor.Normal([4096, Columns], seed: 1);
        _labels = [.. Enumerable.Range(0, 4096).Select(i => i % Columns)];
    }

    [Benchmark]
    public Tensor Sum() => _x.Sum();

    [Benchmark]
    public Tensor SumOverRows() => _x.Sum(0);

    [Benchmark]
    public Tensor SumOverColumns() => _x.Sum(1);

    [Benchmark]
    public Tensor MaxOverColumns() => _x.Max(1);

    [Benchmark]
    public Tensor Softmax() => _x.Softmax();

    [Benchmark]
    public Tensor CrossEntropy() => Loss.CrossEntropy(_x, _labels);
}
