using DeepNotes.Backends;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Buffers of one backend for one check, with the same random values on every backend.</summary>
internal sealed class Operands(IBackend backend)
{
    private int _seed;

    public IBackend Backend => backend;

    /// <summary>Allocates n uniform random values, from the next seed.</summary>
    public DeviceBuffer Uniform(int n, float low = -1, float high = 1) => Of(Numbers(n, low, high, ++_seed));

    public DeviceBuffer Of(float[] values)
    {
        var buffer = backend.Allocate(values.Length);
        backend.Upload(values, buffer);
        return buffer;
    }

    /// <summary>Allocates an output buffer filled with NaN, so that an element not written by a kernel is detected.</summary>
    public DeviceBuffer New(int n)
    {
        var buffer = backend.Allocate(n);
        backend.Fill(buffer, float.NaN);
        return buffer;
    }

    /// <summary>Downloads the result of an operation.</summary>
    public CheckedValues Read(string operation, DeviceBuffer buffer)
    {
        var values = new float[buffer.Length];
        backend.Download(buffer, values);
        return new CheckedValues(operation, values);
    }

    /// <summary>Returns n uniform random values that depend on the seed alone.</summary>
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

/// <summary>A result of a member of <see cref="IBackend"/>.</summary>
internal readonly record struct CheckedValues(string Operation, float[] Values);
