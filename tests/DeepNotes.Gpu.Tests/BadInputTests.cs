using System.Runtime.Intrinsics;
using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Functions;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>Mistakes of a caller: the message names the cause, and the device remains usable.</summary>
[Collection(nameof(Alone))]
public sealed class BadInputTests
{
    [Fact]
    public void An_unknown_kind_of_device_is_refused_with_the_known_kinds()
    {
        var error = Assert.Throws<ArgumentException>(() => Device.Gpu("vulkan"));
        Assert.Contains("\"cuda\", \"opencl\" or \"cpu\", got \"vulkan\"", error.Message, StringComparison.Ordinal);
    }

    [NoCudaFact]
    public void Without_a_driver_the_message_says_what_to_install()
    {
        var error = Assert.Throws<GpuException>(() => Device.Gpu("cuda"));
        Assert.Contains("NVIDIA's driver", error.Message, StringComparison.Ordinal);
        Assert.Contains("cuda: ", error.Message, StringComparison.Ordinal);
    }

    [GpuFact]
    public void A_function_that_cannot_be_compiled_is_named_and_others_still_run()
    {
        using var chosen = Devices.Gpu!.Use();
        var x = Tensor.From([1, 2, 3]);

        foreach (var failing in new Func<Tensor>[] { () => x.Map(default(Throwing)), () => x.Map(default(Throwing)), () => x.Map(new Flagged(true)), () => x.Map(default(IntegerOne)), () => x.Map(default(Jumping)) })
        {
            var error = Assert.Throws<GpuException>(failing);
            Assert.Contains("can't be compiled for a GPU", error.Message, StringComparison.Ordinal);
            Assert.Contains(new[] { nameof(Throwing), nameof(Flagged), nameof(IntegerOne), nameof(Jumping) }, op => error.Message.StartsWith(op, StringComparison.Ordinal));
        }

        Assert.Equal([2f, 4, 6], x.Map(default(Twice)).ToArray());
        Assert.Equal([0f, 0, 0], (x - x).ToArray());
    }

    [GpuFact]
    public void Running_out_of_memory_reports_the_sizes_and_leaves_the_device_usable()
    {
        using var chosen = Devices.Gpu!.Use();
        var memory = ((GpuBackend)Devices.Gpu.Backend).Memory;
        var (kept, held) = (Tensor.From([1, 2]), new List<Tensor>());
        memory.Limit = 1 << 29;
        try
        {
            var error = Assert.Throws<GpuException>(() =>
            {
                while (held.Count < 20)
                {
                    held.Add(Tensor.Zeros([1 << 24]));
                }
            });
            Assert.Contains("no room for 67 MB: tensors hold", error.Message, StringComparison.Ordinal);
            Assert.Contains("of 537 MB", error.Message, StringComparison.Ordinal);

            // Unreferenced tensors are collected, and their memory is available again.
            held.Clear();
            Assert.Equal(1 << 24, Tensor.Zeros([1 << 24]).Length);
            Assert.Equal([2f, 4], (kept + kept).ToArray());
        }
        finally
        {
            memory.Limit = long.MaxValue;
        }
    }

    [GpuFact]
    public void Use_of_a_disposed_device_is_refused()
    {
        var backend = Accelerators.Open(Devices.Gpu!.ToString());
        var x = Tensor.From([1, 2]).To(new Device(backend));
        backend.Accelerator.Dispose();

        foreach (var use in new Action[] { () => _ = x + x, () => x.ToArray(), () => Tensor.From([1, 2]).To(x.Device) })
        {
            Assert.Contains("was disposed", Assert.Throws<GpuException>(use).Message, StringComparison.Ordinal);
        }
    }

    [GpuFact]
    public void Buffers_of_another_device_are_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => GpuBuffer.Of(Device.Cpu.Backend.Allocate(3)));
        Assert.Contains("tensor.To(device)", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Mixtures => [.. Mixed.Keys];

    private static readonly Dictionary<string, Action<Tensor, Tensor>> Mixed = new()
    {
        ["Backward"] = (a, b) => (a.RequireGradient() * 2).Backward(b),
        ["NormalizeChannels"] = (a, b) => a.NormalizeChannels(1e-5f, b.Sum(0), b.Sum(0)),
        ["Adam"] = (a, b) =>
        {
            var layer = new Linear(2, 2);
            layer.To(b.Device);
            new Adam().ApplyGradients([(layer.Weight, a)]);
        },
    };

    [GpuTheory]
    [MemberData(nameof(Mixtures))]
    public void Tensors_of_two_devices_are_refused_by_the_operation_s_name(string operation)
    {
        var (here, there) = (Tensor.Ones([2, 2]), Tensor.Ones([2, 2]).To(Devices.Gpu!));
        foreach (var (a, b) in new[] { (here, there), (there, here) })
        {
            var error = Assert.Throws<InvalidOperationException>(() => Mixed[operation](a.Detach(), b));
            Assert.StartsWith(operation, error.Message, StringComparison.Ordinal);
            Assert.Contains("cpu", error.Message, StringComparison.Ordinal);
        }
    }

    [GpuFact]
    public async Task The_default_device_outlives_the_task_that_set_it()
    {
        try
        {
            await Task.Run(() => Device.Default = Devices.Gpu!);
            Assert.Same(Devices.Gpu, Tensor.Ones([2]).Device);
            using var chosen = Device.Cpu.Use();
            Assert.Same(Device.Cpu, Tensor.Ones([2]).Device);
        }
        finally
        {
            Device.Default = Device.Cpu;
        }

        Assert.Throws<ArgumentNullException>(() => Device.Default = null!);
    }

    private readonly struct Throwing : IUnaryOp
    {
        public float F(float x) => x > 100 ? throw new InvalidOperationException("too large") : float.Parse("1");

        public float Derivative(float x, float y) => 1;

        public Vector512<float> F(Vector512<float> x) => x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x;
    }

    private readonly struct Flagged(bool isTwice) : IUnaryOp
    {
        public float F(float x) => isTwice ? x + x : x;

        public float Derivative(float x, float y) => isTwice ? 2f : 1f;

        public Vector512<float> F(Vector512<float> x) => x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x;
    }

    // Compiled by ILGPU, the 1 would be the float 1.4e-45.
    private readonly struct IntegerOne : IUnaryOp
    {
        public float F(float x) => x > 0 ? 1 : 0;

        public float Derivative(float x, float y) => 0;

        public Vector512<float> F(Vector512<float> x) => x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x;
    }

    private readonly struct Jumping : IUnaryOp
    {
        public float F(float x)
        {
            switch ((int)x)
            {
                case 0: return 5;
                case 1: return 7;
                case 2: return 2 * x;
                case 3: return 1;
                default: return -x;
            }
        }

        public float Derivative(float x, float y) => 0;

        public Vector512<float> F(Vector512<float> x) => x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x;
    }

    private readonly struct Twice : IUnaryOp
    {
        public float F(float x) => x + x;

        public float Derivative(float x, float y) => 2;

        public Vector512<float> F(Vector512<float> x) => x + x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.Create(2f);
    }
}

/// <summary>A test that needs a machine without CUDA.</summary>
public sealed class NoCudaFactAttribute : FactAttribute
{
    public NoCudaFactAttribute()
    {
        if (Devices.Gpu?.ToString() == "cuda")
        {
            Skip = "There is a CUDA device.";
        }
    }
}
