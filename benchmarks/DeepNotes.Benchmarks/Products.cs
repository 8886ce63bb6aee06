using BenchmarkDotNet.Attributes;

namespace DeepNotes.Benchmarks;

/// <summary>The product [M, K]·[K, N] in the shapes of layers and of their gradients; `deepnotes bench gemm` measures square matrices.</summary>
public class Products
{
    private Tensor _a = null!;
    private Tensor _b = null!;
    private Tensor _bTransposed = null!;

    [Params("128 784 256", "784 128 256", "128 256 10", "4096 64 64")]
    public string Sizes { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var sizes = Array.ConvertAll(Sizes.Split(' '), int.Parse);
        _a = Tensor.Normal([sizes[0], sizes[1]], seed: 1);
        _b = Tensor.Normal([sizes[1], sizes[2]], seed: 2);
        _bTransposed = _b.Transpose();
    }

    [Benchmark(Baseline = true)]
    public Tensor Plain() => _a.MatMul(_b);

    [Benchmark]
    public Tensor TransposedRight() => _a.MatMul(_bTransposed, transposeB: true);
}
