using System.Globalization;
using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;

namespace DeepNotes;

/// <summary>The GPU as a <see cref="Device"/>: any model of the library computes there when its tensors are there.</summary>
/// <example><code>
/// Device.Default = Device.Gpu();             // new tensors, parameters included, are made on the GPU, in the cells that follow too
/// </code></example>
public static class GpuDevices
{
    private static readonly Lock Gate = new();
    // The key of the best one that there is, beside the one of its kind.
    private const string Best = "";

    private static readonly Dictionary<string, Device> Opened = [];

    extension(Device device)
    {
        /// <summary>
        /// A GPU of this machine: CUDA, else OpenCL. The first call takes a quarter of a second; the same device is
        /// returned from then on.
        /// </summary>
        /// <param name="kind">"cuda", "opencl", "cpu" for ILGPU's own emulation of a GPU (slow, for debugging kernels), or null for the best there is.</param>
        /// <exception cref="GpuException">There is none; the message says what was looked for.</exception>
        /// <exception cref="ArgumentException">Another kind.</exception>
        public static Device Gpu(string? kind = null)
        {
            var name = kind ?? Best;
            lock (Gate)
            {
                if (!Opened.TryGetValue(name, out var gpu))
                {
                    var opened = Opened.Values.Select(known => known.Backend).OfType<GpuBackend>();
                    var backend = Accelerators.Open(kind, opened);
                    gpu = Opened.Values.FirstOrDefault(known => known.Backend == backend) ?? new Device(backend);
                    Opened[name] = gpu;
                    Opened.TryAdd(backend.Name, gpu);
                }

                return gpu;
            }
        }

        /// <summary>The driver's name of a GPU, and its memory; null for other devices.</summary>
        public string? GpuDescription => device.Backend is GpuBackend gpu
            ? string.Create(CultureInfo.InvariantCulture, $"{gpu.DeviceName} ({gpu.Name}, {gpu.MemorySize / 1e9:0.#} GB)")
            : null;

        /// <summary>
        /// Whether matrix products and convolutions of 64 rows and columns or more run on a GPU's tensor cores, which round each factor to
        /// tf32: a fraction of 10 bits instead of 23, a relative error of up to 2⁻¹¹; sums stay float32. Off unless switched on, as
        /// <c>torch.backends.cuda.matmul.allow_tf32</c> is.
        /// </summary>
        /// <exception cref="GpuException">Set on a device without such tensor cores; the message says what they need.</exception>
        public bool AllowTF32
        {
            get => device.Backend is GpuBackend { AllowTF32: true };
            set
            {
                if (device.Backend is GpuBackend gpu)
                {
                    gpu.AllowTF32 = value;
                }
                else if (value)
                {
                    throw new GpuException($"AllowTF32: expected a GPU, got {device}: its products are float32.");
                }
            }
        }

        /// <summary>Waits for all queued work: a GPU computes asynchronously. Other devices return at once.</summary>
        public void Synchronize() => (device.Backend as GpuBackend)?.Synchronize();
    }
}
