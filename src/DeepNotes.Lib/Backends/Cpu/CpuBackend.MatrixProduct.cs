namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null)
    {
        for (var i = 0; i < count; i++)
        {
            var aValues = CpuBuffer.Of(a.Buffer).AsMemory(a.Start + (a.IsBroadcast ? 0 : i) * m * k, m * k);
            var bValues = CpuBuffer.Of(b.Buffer).AsMemory(b.Start + (b.IsBroadcast ? 0 : i) * k * n, k * n);
            Gemm.Multiply(
                new MatrixOperand<float>(aValues, a.IsTransposed ? m : k, runsAlongK: !a.IsTransposed),
                new MatrixOperand<float>(bValues, b.IsTransposed ? k : n, runsAlongK: b.IsTransposed),
                bias is null ? default : CpuBuffer.Of(bias), CpuBuffer.Of(c).AsMemory(i * m * n, m * n), m, k, n);
        }
    }
}
