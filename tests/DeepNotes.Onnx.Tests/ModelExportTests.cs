namespace DeepNotes.Tests;

public sealed class ModelExportTests
{
    public static TheoryData<Func<Layer>, Shape> Models() => new()
    {
        { () => new Sequential { new Flatten(), new Linear(12, 20), new ReLU(), new Dropout(), new Linear(20, 3) }, [1, 3, 2, 2] },
        { () => Architecture.Parse("((CONV-BN-RELU)*2-POOL)*2-GAP-FC-RELU,SOFTMAX", [3, 8, 8], [4, 4, 6, 6, 8], classes: 5), [1, 3, 8, 8] },
        { () => new LeNet(), [1, 1, 28, 28] },
        { () => new LeNet(rectified: true), [1, 1, 28, 28] },
        { () => new AlexNet(classes: 4, hidden: 16), [1, 3, 63, 63] },
        { () => new VGG(11, classes: 4, batchNorm: true, hidden: 16), [1, 3, 32, 32] },
        { () => new GoogLeNet(classes: 4), [1, 3, 48, 48] },
        { () => new GoogLeNet(classes: 4, batchNorm: true, fiveByFive: true), [1, 3, 40, 40] },
        { () => new Inception(6, new(2, 3, 4, 2, 3, 2)), [1, 6, 7, 7] },
        { () => new ResNet(18, classes: 4), [1, 3, 40, 40] },
        { () => new ResNet(50, classes: 4), [1, 3, 33, 33] },
        { () => new CifarResNet(20), [1, 3, 16, 16] },
        { () => new CifarResNet(8, projection: true), [1, 3, 15, 15] },
        { () => new Sequential { new Bidirectional(new LSTM(6, 8), new LSTM(6, 8)), new LastStep(), new Linear(16, 3) }, [1, 9, 6] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_trained_model_computes_what_ONNX_Runtime_computes(Func<Layer> make, Shape input) => OnnxRuntime.ComputesAlike(make, input);

    [Fact]
    public void A_classifier_of_words_computes_what_ONNX_Runtime_computes() => OnnxRuntime.ComputesAlike(
        () => new Sequential { new Embedding(11, 5), new LSTM(5, 7), new LastStep(), new Linear(7, 2), new LogSoftmax() },
        [1, 8],
        shape => Tensor.From([.. Enumerable.Range(0, shape.Elements).Select(i => (float)(i * 7 % 11))], shape));
}
