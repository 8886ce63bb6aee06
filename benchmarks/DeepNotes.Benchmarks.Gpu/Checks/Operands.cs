using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Memory of one backend for one check: the same made-up numbers on each backend.</summary>
internal sealed class Operands(IBackend backend)
{
    private int _seed;

    public IBackend Backend => backend;

    /// <summary>The next n numbers between two limits.</summary>
    public DeviceBuffer Uniform(int n, float low = -1, float high = 1) => Of(Numbers(n, low, high, ++_seed));

    public DeviceBuffer Of(float[] values)
    {
        var buffer = backend.Allocate(values.Length);
        backend.Upload(values, buffer);
        return buffer;
    }

    /// <summary>Memory to write, full of NaN, so that an element which a kernel leaves out is seen.</summary>
    public DeviceBuffer New(int n)
    {
        var buffer = backend.Allocate(n);
        backend.Fill(buffer, float.NaN);
        return buffer;
    }

    /// <summary>What an operation has written.</summary>
    public CheckedValues Read(string operation, DeviceBuffer buffer)
    {
        var values = new float[buffer.Length];
        backend.Download(buffer, values);
        return new CheckedValues(operation, values);
    }

    /// <summary>n numbers that depend on the seed alone.</summary>
    public static float[] Numbers(int n, float low, float high, int seed)
    {
        var random = new Random(seed);
        var values = new float[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = low + (high - low) * random.NextSingle();
        }

        return values;
    }
}

/// <summary>What a member of <see cref="IBackend"/> has computed.</summary>
internal readonly record struct CheckedValues(string Operation, float[] Values);
