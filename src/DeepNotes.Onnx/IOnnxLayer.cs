namespace DeepNotes;

/// <summary>
/// A layer that says itself how it is written as ONNX. Only a layer that computes by other means than layers and tensor operations
/// needs it, or one for which ONNX has an operator of its own.
/// </summary>
public interface IOnnxLayer
{
    /// <summary>Writes nodes that compute what the layer computes in evaluation.</summary>
    /// <param name="nodes">Where to write.</param>
    /// <param name="x">The name of the input.</param>
    /// <returns>The name of the output, as <see cref="OnnxNodes.Add"/> gives it.</returns>
    string WriteOnnx(OnnxNodes nodes, string x);
}
