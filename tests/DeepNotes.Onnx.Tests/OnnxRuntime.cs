using DeepNotes.Tests.Data;
using DeepNotes.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace DeepNotes.Tests;

/// <summary>Compares exported networks with ONNX Runtime.</summary>
internal static class OnnxRuntime
{
    /// <summary>Creates a network, trains it for a few steps, exports it and compares the outputs for batches of 1 and 5.</summary>
    public static void ComputesAlike(Func<Layer> make, Shape input, Func<Shape, Tensor>? inputs = null, bool trains = true)
    {
        // The same weights, independent of tests in parallel.
        using var own = Seeds.BeginRun(1);
        var network = make();
        inputs ??= shape => Tensor.Normal(shape, seed: (ulong)shape[0]);
        if (trains)
        {
            Train(network, inputs(input.With(0, 6)));
        }

        using var folder = new TemporaryFolder();
        var path = folder.File("net.onnx");
        network.SaveOnnx(path, input);
        using var session = Session(path);
        foreach (var batch in new[] { 1, 5 })
        {
            var x = inputs(input.With(0, batch));
            var expected = network.Predict(x);
            var (shape, values) = Run(session, x);
            Assert.Equal(expected.Shape, shape);
            AssertClose.Equal([.. expected.ToArray()], [.. values], 1e-5, $"{network} of {x.Shape}");
        }
    }

    /// <summary>A session that throws for shapes that contradict the file.</summary>
    public static InferenceSession Session(string path)
    {
        using var options = new SessionOptions();
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        return new InferenceSession(path, options);
    }

    /// <summary>Runs a session.</summary>
    public static (Shape Shape, float[] Values) Run(InferenceSession session, Tensor x)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(x.ToArray(), [.. x.Shape.Select(length => (long)length)]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], ["output"]);
        return ([.. outputs[0].GetTensorTypeAndShape().Shape.Select(length => (int)length)], outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    // Changes statistics, and weights that were initialised to ones and zeros.
    private static void Train(Layer network, Tensor x)
    {
        var optimizer = new Adam();
        for (var step = 0; step < 3; step++)
        {
            var y = network.Forward(x);
            if (network.Parameters.Count > 0 && y.RequiresGradient)
            {
                optimizer.Minimize((y - 0.5f).Square().Mean(), network.Parameters);
            }
        }
    }
}
