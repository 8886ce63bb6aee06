namespace DeepNotes;

/// <summary>
/// Translates the layers for which ONNX has an operator. All others are translated by their parts: inner layers and recorded
/// operations.
/// </summary>
internal static class LayerTranslation
{
    /// <summary>Writes nodes for the input x and returns the name of the output.</summary>
    public delegate string Writer(OnnxNodes nodes, string x);

    /// <summary>The translation of a layer as a whole; null if it is translated by its parts.</summary>
    public static Writer? Of(Layer layer) => layer switch
    {
        IOnnxLayer own => own.WriteOnnx,
        Linear linear => linear.Write,
        Flatten => static (nodes, x) => nodes.Add("Flatten", [x]),
        Embedding embedding => embedding.Write,
        PReLU rectifier => rectifier.Write,
        Softmax softmax => (nodes, x) => nodes.Add("Softmax", [nodes.DividedBy(x, softmax.Temperature)], ("axis", -1L)),
        LogSoftmax softmax => (nodes, x) => nodes.Add("LogSoftmax", [nodes.DividedBy(x, softmax.Temperature)], ("axis", -1L)),
        Conv2d convolution => convolution.Write,
        MaxPool2d pool => pool.Write,
        AveragePool2d pool => pool.Write,
        GlobalAveragePool => static (nodes, x) => nodes.Add("Flatten", [nodes.Add("GlobalAveragePool", [x])]),
        GlobalMaxPool => static (nodes, x) => nodes.Add("Flatten", [nodes.Add("GlobalMaxPool", [x])]),
        BatchNorm norm => norm.Write,
        LayerNorm norm => norm.Write,
        GroupNorm norm => norm.Write,
        RNN or GRU or LSTM => ((Recurrent)layer).Write,
        Bidirectional { LeftToRight: RNN or GRU or LSTM, RightToLeft: RNN or GRU or LSTM } both => both.Write,
        _ => null,
    };

    private static string Write(this Linear linear, OnnxNodes nodes, string x) =>
        nodes.Add("Gemm", [x, .. nodes.Weights(linear.Weight, linear.Bias)], ("transB", 1L));

    private static string Write(this Embedding embedding, OnnxNodes nodes, string x)
    {
        var indices = nodes.Add("Cast", [x], ("to", (long)Onnx.TensorProto.Types.DataType.Int64));
        return nodes.Add("Gather", [nodes.Constant(nameof(Embedding.Weight), embedding.Weight), indices]);
    }

    private static string Write(this PReLU rectifier, OnnxNodes nodes, string x)
    {
        var slope = rectifier.Slope.Value;
        Shape features = [slope.Length, .. nodes.InputShape.Skip(2).Select(_ => 1)];
        return nodes.Add("PRelu", [x, nodes.Constant(nameof(PReLU.Slope), slope.Length == 1 ? slope : slope.Reshape(features))]);
    }

    /// <summary>W, and b if there is one.</summary>
    public static string[] Weights(this OnnxNodes nodes, Parameter weight, Parameter? bias) => bias is null
        ? [nodes.Constant("Weight", weight)]
        : [nodes.Constant("Weight", weight), nodes.Constant("Bias", bias)];

    /// <summary>x/T.</summary>
    public static string DividedBy(this OnnxNodes nodes, string x, float temperature) =>
        temperature == 1 ? x : nodes.Add("Div", [x, nodes.Number("Temperature", temperature)]);
}
