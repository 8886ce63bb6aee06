namespace DeepNotes;

/// <summary>A network that cannot be written as ONNX; the message names the layer and what to do.</summary>
public sealed class OnnxException : Exception
{
    internal OnnxException(string message)
        : base($"SaveOnnx: {message}")
    {
    }
}
