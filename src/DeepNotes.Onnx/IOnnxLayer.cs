namespace DeepNotes;

/// <summary>
/// A layer with its own translation to ONNX. It is needed only by a layer that computes other than by layers and tensor operations,
/// or one for which ONNX has an operator.
/// </summary>
public interface IOnnxLayer
{
    /// <summary>Writes nodes that compute what the layer computes in evaluation.</summary>
    /// <param name="nodes">The writer of the nodes.</param>
    /// <param name="x">The name of the input.</param>
    /// <returns>The name of the output, as returned by <see cref="OnnxNodes.Add"/>.</returns>
    string WriteOnnx(OnnxNodes nodes, string x);
}
