namespace DeepNotes;

/// <summary>
/// Translates RNN, GRU and LSTM to the operators of these names, in which time precedes the batch and the gates are in another
/// order: the weights in the file are reordered accordingly.
/// </summary>
internal static class RecurrentTranslation
{
    public static string Write(this Recurrent layer, OnnxNodes nodes, string x) => Write(layer, nodes, x, "forward");

    public static string Write(this Bidirectional both, OnnxNodes nodes, string x) => nodes.Add(
        "Concat",
        [
            Write(both.LeftToRight, nodes.Within(nameof(Bidirectional.LeftToRight)), x, "forward"),
            Write(both.RightToLeft, nodes.Within(nameof(Bidirectional.RightToLeft)), x, "reverse"),
        ],
        ("axis", 2L));

    private static string Write(Recurrent layer, OnnxNodes nodes, string x, string direction)
    {
        var (type, gates, attributes) = Operator(layer);
        var biasHh = layer.BiasHh?.Value ?? layer.BiasIh.Value * 0;
        string[] inputs =
        [
            nodes.Add("Transpose", [x], ("perm", new long[] { 1, 0, 2 })),
            nodes.Constant(nameof(Recurrent.WeightIh), Ordered(layer.WeightIh, gates)),
            nodes.Constant(nameof(Recurrent.WeightHh), Ordered(layer.WeightHh, gates)),
            nodes.Constant(nameof(Recurrent.BiasIh), Tensor.Concatenate(1, Ordered(layer.BiasIh, gates), Ordered(biasHh, gates))),
        ];
        var steps = nodes.Add(type, inputs, [("hidden_size", (long)layer.Hidden), ("direction", direction), .. attributes]);
        return nodes.Add("Transpose", [nodes.Add("Squeeze", [steps, nodes.Constant("Direction", 1)])], ("perm", new long[] { 1, 0, 2 }));
    }

    // The index of each ONNX gate in ours: i, o, f, c from i, f, g, o, and z, r, h from r, z, n.
    private static (string Type, int[] Gates, (string, object)[] Attributes) Operator(Recurrent layer) => layer switch
    {
        LSTM => ("LSTM", [0, 3, 1, 2], []),
        GRU => ("GRU", [1, 0, 2], [("linear_before_reset", 1L)]),
        RNN rnn => ("RNN", [0], [("activations", new[] { rnn.IsRectified ? "Relu" : "Tanh" })]),
        _ => throw new OnnxException($"{layer} has no operator in ONNX."),
    };

    // [1, gates · hidden, …] with the blocks of rows reordered.
    private static Tensor Ordered(Tensor rows, int[] gates) =>
        rows.Reshape(gates.Length, -1).Rows(gates).Reshape([1, .. rows.Shape]);
}
