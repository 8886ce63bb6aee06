using BenchmarkDotNet.Attributes;

namespace DeepNotes.Benchmarks;

/// <summary>Convolution, pooling and normalisation of images, forward, and forward with backward.</summary>
public class Images
{
    private Layer _layer = null!;
    private Tensor _x = null!;
    private Tensor _dy = null!;

    [Params("1×1", "3×3", "3×3 stride 2", "5×5", "max-pool", "average-pool", "batch norm")]
    public string Operation { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _layer = Operation switch
        {
            "1×1" => new Conv2d(32, 32, 1),
            "3×3" => new Conv2d(32, 32, 3, padding: 1),
            "3×3 stride 2" => new Conv2d(32, 32, 3, stride: 2, padding: 1),
            "5×5" => new Conv2d(32, 32, 5, padding: 2),
            "max-pool" => new MaxPool2d(2),
            "average-pool" => new AveragePool2d(2),
            _ => new BatchNorm2d(32),
        };
        _x = Tensor.Normal([16, 32, 32, 32], seed: 1).RequireGradient();
        _dy = Tensor.Normal(_layer.Forward(_x).Shape, seed: 2);
    }

    [Benchmark(Baseline = true)]
    public Tensor Forward()
    {
        using (Recording.Pause())
        {
            return _layer.Forward(_x);
        }
    }

    [Benchmark]
    public Tensor ForwardAndBackward()
    {
        Clear();
        var y = _layer.Forward(_x);
        y.Backward(_dy);
        return y;
    }

    // Without clearing, every iteration would also add to the previous gradients.
    private void Clear()
    {
        _x.ClearGradient();
        foreach (var parameter in _layer.Parameters)
        {
            parameter.Value.ClearGradient();
        }
    }
}
