using Google.Protobuf;

namespace DeepNotes;

/// <summary>
/// Writes networks in the ONNX format, for ONNX Runtime, OpenVINO, TensorRT, browsers and phones: operator set 17, float32, one
/// input <c>input</c> and one output <c>output</c>.
/// </summary>
public static class OnnxFile
{
    /// <summary>
    /// Writes a network as computed in evaluation mode. The first axis of the input, the batch, has a variable length in the file;
    /// all others have the lengths given here. Nodes and weights are named by the paths of their layers, <c>0.Gemm</c> and
    /// <c>0.Weight</c>. The same network gives the same bytes. An existing file is replaced atomically.
    /// <para>
    /// The network is traced twice, on batches of 2 and 3, so that custom layers composed of layers and tensor operations need no
    /// further code. Computations by other means (<c>ToArray()</c>, an <c>if</c> on a value) are evaluated for these two batches only.
    /// </para>
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="input">
    /// The shape of an input including the batch, as for <see cref="Layer.Summary"/>; optional if the first layer with weights is
    /// <see cref="Linear"/>, whose input is [N, inputs].
    /// </param>
    /// <exception cref="OnnxException">
    /// A layer or operation has no translation, or the input shape is required; the message names the layer and a remedy.
    /// </exception>
    /// <exception cref="ShapeException">The input shape does not match the network; the message names the layer.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an existing one is unchanged.</exception>
    public static void SaveOnnx(this Layer network, string path, Shape? input = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = NetworkTranslation.Of(network, input ?? InputShape(network));
        AtomicFile.WriteWeights(path, model.WriteTo);
    }

    // The shape of an input, if it follows from the layers.
    private static Shape InputShape(Layer network) => FirstWithWeights(network) switch
    {
        Linear linear => [1, linear.Inputs],
        var first => throw new OnnxException(
            $"{(first is null ? $"{network} has no weights" : $"{first} is the first layer with weights")}, and the shape of an input does not follow from it. "
            + "Give one with any batch, as for Summary: net.SaveOnnx(path, [1, 3, 32, 32])."),
    };

    // The first innermost module with weights.
    private static Module? FirstWithWeights(Module module)
    {
        if (module.ParameterCount == 0)
        {
            return null;
        }

        return module.Children.Any() ? module.Children.Select(FirstWithWeights).FirstOrDefault(found => found is not null) ?? module : module;
    }
}

/// <summary>Thrown for a network that cannot be written as ONNX; the message names the layer and a remedy.</summary>
public sealed class OnnxException : Exception
{
    internal OnnxException(string message)
        : base($"SaveOnnx: {message}")
    {
    }
}
