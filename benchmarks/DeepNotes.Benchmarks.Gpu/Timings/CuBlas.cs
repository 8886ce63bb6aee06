using System.Runtime.InteropServices;
using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>The matrix product of NVIDIA's cuBLAS, if the library is installed, as the reference for speed.</summary>
internal sealed unsafe class CuBlas : IDisposable
{
    // CUBLAS_TF32_TENSOR_OP_MATH.
    private const int TF32 = 3;

    private static readonly string[] _names =
    [
        "libcublas.so", "libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "/usr/local/cuda/lib64/libcublas.so", "cublas64_13.dll", "cublas64_12.dll", "cublas64_11.dll",
    ];

    private readonly Accelerator _accelerator;
    private readonly nint _library;
    private readonly nint _handle;
    private readonly delegate* unmanaged<nint, int, int> _setMathMode;
    private readonly delegate* unmanaged<nint, int, int, int, int, int, float*, nint, int, nint, int, float*, nint, int, int> _multiply;

    private CuBlas(CudaAccelerator accelerator, nint library)
    {
        (_accelerator, _library) = (accelerator, library);
        _multiply = (delegate* unmanaged<nint, int, int, int, int, int, float*, nint, int, nint, int, float*, nint, int, int>)NativeLibrary.GetExport(library, "cublasSgemm_v2");
        _setMathMode = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "cublasSetMathMode");
        accelerator.Bind();
        nint handle;
        Check("cublasCreate", ((delegate* unmanaged<nint*, int>)NativeLibrary.GetExport(library, "cublasCreate_v2"))(&handle));
        _handle = handle;
        var stream = ((CudaStream)accelerator.DefaultStream).StreamPtr;
        Check("cublasSetStream", ((delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cublasSetStream_v2"))(handle, stream));
    }

    /// <summary>Returns null, with the reason, if the device is not NVIDIA's or the library is not installed.</summary>
    public static CuBlas? TryOpen(GpuBackend gpu, out string missing)
    {
        missing = "the device is not CUDA's";
        if (gpu.Accelerator is not CudaAccelerator cuda)
        {
            return null;
        }

        missing = "libcublas.so was not found (LD_LIBRARY_PATH says where to look)";
        foreach (var name in _names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                try
                {
                    return new CuBlas(cuda, library);
                }
                catch (Exception error) when (error is EntryPointNotFoundException or InvalidOperationException)
                {
                    missing = $"{name}: {error.Message}";
                    NativeLibrary.Free(library);
                }
            }
        }

        return null;
    }

    /// <summary>Computes C = A·B for row-major [n, n] matrices as Cᵀ = Bᵀ·Aᵀ, since cuBLAS is column-major.</summary>
    public void Multiply(DeviceBuffer a, DeviceBuffer b, DeviceBuffer c, int n, bool allowTF32)
    {
        _accelerator.Bind();
        var (one, zero) = (1f, 0f);
        Check("cublasSetMathMode", _setMathMode(_handle, allowTF32 ? TF32 : 0));
        Check("cublasSgemm", _multiply(_handle, 0, 0, n, n, n, &one, Address(b), n, Address(a), n, &zero, Address(c), n));
    }

    public void Dispose()
    {
        _accelerator.Bind();
        ((delegate* unmanaged<nint, int>)NativeLibrary.GetExport(_library, "cublasDestroy_v2"))(_handle);
    }

    private static nint Address(DeviceBuffer buffer) => GpuBuffer.Of(buffer).LoadEffectiveAddressAsPtr();

    private static void Check(string function, int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"{function}: status {status}");
        }
    }
}
