using BenchmarkDotNet.Attributes;

namespace DeepNotes.Benchmarks;

/// <summary>The update of 512 · 512 parameters by several optimizers.</summary>
public class Updates
{
    private Optimizer _optimizer = null!;
    private (Parameter, Tensor)[] _gradients = null!;

    [Params("SGD", "momentum", "Adam", "AdamW", "RMSProp")]
    public string Rule { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _optimizer = Rule switch
        {
            "SGD" => new SGD(0.01f),
            "momentum" => new SGD(0.01f, momentum: 0.9f),
            "Adam" => new Adam(),
            "AdamW" => new AdamW(),
            _ => new RMSProp(),
        };
        Shape shape = [512, 512];
        _gradients = [(new Parameter(shape, Initializers.XavierUniform, 1), Tensor.Normal(shape, seed: 2))];
    }

    [Benchmark]
    public void Apply() => _optimizer.ApplyGradients(_gradients);
}
