using BenchmarkDotNet.Attributes;

namespace DeepNotes.Benchmarks;

/// <summary>Elementwise operations, one pass over memory each: bandwidth-limited ones, and those with an exponential.</summary>
public class Elementwise
{
    private Tensor _x = null!;
    private Tensor _y = null!;
    private Tensor _row = null!;

    [Params(1 << 10, 1 << 16, 1 << 22)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _x = Tensor.Uniform([Length / 64, 64], 0.1f, 1, seed: 1);
        _y = Tensor.Uniform([Length / 64, 64], 0.1f, 1, seed: 2);
        _row = Tensor.Uniform([64], seed: 3);
    }

    [Benchmark]
    public Tensor Add() => _x + _y;

    [Benchmark]
    public Tensor AddRow() => _x + _row;

    [Benchmark]
    public Tensor ReLU() => _x.ReLU();

    [Benchmark]
    public Tensor Exp() => _x.Exp();

    [Benchmark]
    public Tensor Tanh() => _x.Tanh();
}
