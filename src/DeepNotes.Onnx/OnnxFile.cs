using Google.Protobuf;

namespace DeepNotes;

/// <summary>
/// Writes networks in the ONNX format, which ONNX Runtime, OpenVINO, TensorRT, browsers and phones run: operation set 17, float32,
/// one input <c>input</c> and one output <c>output</c>.
/// </summary>
public static class OnnxFile
{
    /// <summary>
    /// Writes a network as it computes in evaluation. The first axis of its input, the batch, may have any length in the file;
    /// all others have the lengths given here. Nodes and weights have the paths of their layers, <c>0.Gemm</c> and
    /// <c>0.Weight</c>. The same network gives the same bytes. An existing file is replaced once the new one is whole.
    /// <para>
    /// The network runs twice, on batches of 2 and 3, and what it does is written down: a layer of one's own needs nothing for
    /// it where it is made of layers and tensor operations. What it computes by other means (<c>ToArray()</c>, an <c>if</c> on a
    /// value) is seen for these batches alone.
    /// </para>
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="input">
    /// The shape of an input with its batch, as for <see cref="Layer.Summary"/>; it may be left out where the first layer with
    /// weights is <see cref="Linear"/>, whose input is [N, inputs].
    /// </param>
    /// <exception cref="OnnxException">
    /// A layer or operation that cannot be written, or no input where its shape does not follow; names the layer and says what to do.
    /// </exception>
    /// <exception cref="ShapeException">The input does not fit; names the layer.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an earlier one is still there.</exception>
    public static void SaveOnnx(this Layer network, string path, Shape? input = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = NetworkTranslation.Of(network, input ?? InputShape.Of(network));
        AtomicFile.Write(path, model.WriteTo);
    }
}

/// <summary>A network that cannot be written as ONNX; the message names the layer and what to do.</summary>
public sealed class OnnxException : Exception
{
    internal OnnxException(string message)
        : base($"SaveOnnx: {message}")
    {
    }
}
