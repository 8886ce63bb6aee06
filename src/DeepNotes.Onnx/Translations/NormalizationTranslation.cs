namespace DeepNotes;

/// <summary>Translates batch, layer, group and instance normalisation.</summary>
internal static class NormalizationTranslation
{
    public static string Write(this BatchNorm norm, OnnxNodes nodes, string x) => nodes.Add(
        "BatchNormalization",
        [
            x,
            nodes.Constant(nameof(BatchNorm.Weight), norm.Weight),
            nodes.Constant(nameof(BatchNorm.Bias), norm.Bias),
            nodes.Constant(nameof(BatchNorm.RunningMean), norm.RunningMean),
            nodes.Constant(nameof(BatchNorm.RunningVar), norm.RunningVar),
        ],
        ("epsilon", norm.Epsilon));

    public static string Write(this LayerNorm norm, OnnxNodes nodes, string x) => nodes.Add(
        "LayerNormalization",
        [x, nodes.Constant(nameof(LayerNorm.Weight), norm.Weight), nodes.Constant(nameof(LayerNorm.Bias), norm.Bias)],
        ("axis", (long)-norm.Weight.Shape.Count),
        ("epsilon", norm.Epsilon));

    // Instance normalisation with each group as one channel, then γ and β per channel.
    public static string Write(this GroupNorm norm, OnnxNodes nodes, string x)
    {
        var shape = nodes.InputShape;
        var groups = nodes.Add("Reshape", [x, nodes.Constant("Groups", 0, norm.Groups, -1)]);
        var normalized = nodes.Add(
            "InstanceNormalization",
            [groups, nodes.Constant("Ones", Tensor.Ones([norm.Groups])), nodes.Constant("Zeros", Tensor.Zeros([norm.Groups]))],
            ("epsilon", norm.Epsilon));
        var y = nodes.Add("Reshape", [normalized, nodes.Constant("Shape", [0, .. shape.Skip(1).Select(length => (long)length)])]);
        if (norm.Weight is null || norm.Bias is null)
        {
            return y;
        }

        Shape channels = [shape[1], .. shape.Skip(2).Select(_ => 1)];
        var scaled = nodes.Add("Mul", [y, nodes.Constant(nameof(GroupNorm.Weight), norm.Weight.Value.Reshape(channels))]);
        return nodes.Add("Add", [scaled, nodes.Constant(nameof(GroupNorm.Bias), norm.Bias.Value.Reshape(channels))]);
    }
}
