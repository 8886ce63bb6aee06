using DeepNotes.Functions;

namespace DeepNotes;

/// <summary>Translates scalar functions, of activations and of <see cref="Tensor.Map{TOp}"/>.</summary>
internal static class FunctionTranslation
{
    /// <summary>Writes nodes and returns the name of f(x), or null for a function without a translation.</summary>
    public static string? Write(IUnaryOp f, OnnxNodes nodes, string x) => f switch
    {
        Functions.ReLU => nodes.Add("Relu", [x]),
        Functions.Sigmoid => nodes.Add("Sigmoid", [x]),
        Functions.Tanh => nodes.Add("Tanh", [x]),
        Functions.Softplus => nodes.Add("Softplus", [x]),
        Functions.LeakyReLU leaky => nodes.Add("LeakyRelu", [x], ("alpha", leaky.Slope)),
        Functions.ELU { Scale: 1 } elu => nodes.Add("Elu", [x], ("alpha", elu.Alpha)),
        Functions.ELU elu => nodes.Add("Selu", [x], ("alpha", elu.Alpha), ("gamma", elu.Scale)),
        Functions.HardTanh => Clipped(nodes, x, -1, 1),
        Functions.HardSigmoid => nodes.Add("HardSigmoid", [x], ("alpha", 1f / 6), ("beta", 0.5f)),
        Functions.HardSwish => nodes.Add("HardSwish", [x]),
        Functions.SiLU => nodes.Add("Mul", [x, nodes.Add("Sigmoid", [x])]),
        Functions.Mish => nodes.Add("Mul", [x, nodes.Add("Tanh", [nodes.Add("Softplus", [x])])]),
        Functions.GELU => nodes.Add("Mul", [x, Phi(nodes, x)]),
        NormalDistribution => Phi(nodes, x),
        Functions.GELUTanh => nodes.Add("Mul", [x, TanhPhi(nodes, x)]),
        Functions.Step => nodes.Add("Cast", [nodes.Add("GreaterOrEqual", [x, nodes.Number("Zero", 0)])], ("to", (long)Onnx.TensorProto.Types.DataType.Float)),
        Affine affine => Affine(nodes, x, affine.Scale, affine.Shift),
        Exp => nodes.Add("Exp", [x]),
        Log => nodes.Add("Log", [x]),
        Sqrt => nodes.Add("Sqrt", [x]),
        Abs => nodes.Add("Abs", [x]),
        Square => nodes.Add("Mul", [x, x]),
        Power power => nodes.Add("Pow", [x, nodes.Number("Exponent", power.Exponent)]),
        Clamp clamp => Clipped(nodes, x, clamp.Low, clamp.High),
        _ => null,
    };

    // Φ(x) = (1 + erf(x/√2))/2; ONNX has Gelu since operator set 20.
    private static string Phi(OnnxNodes nodes, string x) =>
        Affine(nodes, nodes.Add("Erf", [Affine(nodes, x, 0.70710678f, 0)]), 0.5f, 0.5f);

    // σ(2√(2/π)(x + 0.044715x³)), which is the tanh form without its cancellation.
    private static string TanhPhi(OnnxNodes nodes, string x) =>
        nodes.Add("Sigmoid", [nodes.Add("Mul", [x, Affine(nodes, nodes.Add("Mul", [x, x]), 0.0713548163f, 1.59576912f)])]);

    private static string Clipped(OnnxNodes nodes, string x, float low, float high) =>
        nodes.Add("Clip", [x, nodes.Number("Low", low), nodes.Number("High", high)]);

    private static string Affine(OnnxNodes nodes, string x, float scale, float shift)
    {
        x = scale == 1 ? x : scale == -1 ? nodes.Add("Neg", [x]) : nodes.Add("Mul", [x, nodes.Number("Scale", scale)]);
        return shift == 0 ? x : nodes.Add("Add", [x, nodes.Number("Shift", shift)]);
    }
}
