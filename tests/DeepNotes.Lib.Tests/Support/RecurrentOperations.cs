namespace DeepNotes.Tests.Support;

/// <summary>Recurrent layers and the embedding as functions of their inputs and parameters, named as in Golden/recurrent.py.</summary>
public static class RecurrentOperations
{
    private static readonly Tensor Ids = Tensor.From(new float[,] { { 3, 0, 3 }, { 10, 3, 1 } });

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> Rows { get; } =
        new Dictionary<string, Func<IReadOnlyList<Tensor>, Tensor>>
        {
            ["RNN"] = LayerOperations.Function(() => new RNN(7, 11)),
            ["RNN two biases"] = LayerOperations.Function(() => new RNN(3, 5, twoBiases: true)),
            ["RNN one of everything"] = LayerOperations.Function(() => new RNN(1, 1)),
            ["RNN ReLU"] = LayerOperations.Function(() => new RNN(5, 3, relu: true)),
            ["RNN from a state"] = FromState(() => new RNN(5, 3)),
            ["LSTM"] = LayerOperations.Function(() => new LSTM(7, 11)),
            ["LSTM two biases"] = LayerOperations.Function(() => new LSTM(3, 5, twoBiases: true)),
            ["LSTM one of everything"] = LayerOperations.Function(() => new LSTM(1, 1)),
            ["LSTM one step"] = LayerOperations.Function(() => new LSTM(3, 17)),
            ["LSTM one sample"] = LayerOperations.Function(() => new LSTM(2, 3)),
            ["LSTM from a state"] = FromState(() => new LSTM(5, 3)),
            ["GRU"] = LayerOperations.Function(() => new GRU(7, 11)),
            ["GRU two biases"] = LayerOperations.Function(() => new GRU(3, 5, twoBiases: true)),
            ["GRU one of everything"] = LayerOperations.Function(() => new GRU(1, 1)),
            ["GRU one sample"] = LayerOperations.Function(() => new GRU(2, 17)),
            ["GRU from a state"] = FromState(() => new GRU(5, 3, twoBiases: true)),
            ["Bidirectional"] = LayerOperations.Function(() => new Bidirectional(new LSTM(3, 7), new LSTM(3, 7))),
            ["Bidirectional LSTM from states"] = BidirectionalFromStates(() => new Bidirectional(new LSTM(3, 5), new LSTM(3, 5))),
            ["Bidirectional GRU from states"] = BidirectionalFromStates(() => new Bidirectional(new GRU(3, 5, twoBiases: true), new GRU(3, 5, twoBiases: true))),
            ["Recurrent layers in a row"] = LayerOperations.Function(() => new Sequential { new LSTM(3, 7), new GRU(7, 5), new LastStep() }),
            ["LastStep"] = LayerOperations.Function(() => new LastStep()),
            ["Embedding"] = w => LayerOperations.Function(() => new Embedding(11, 5))([Ids.To(w[0].Device), w[0]]),
            ["Embedding of indices"] = w =>
            {
                var layer = new Embedding(11, 5);
                layer.Weight.Bind(w[0]);
                return layer.Forward([3, 0, 3, 10, 3, 1], [2, 3]);
            },
            ["Embedding one number"] = w => LayerOperations.Function(() => new Embedding(7, 3))([Tensor.From(2f), w[0]]),
        };

    /// <summary>Maps x, the parameters, and h₀ (and c₀ for an LSTM) of each direction to all outputs and both final states, concatenated.</summary>
    private static Func<IReadOnlyList<Tensor>, Tensor> BidirectionalFromStates(Func<Bidirectional> make) => inputs =>
    {
        var layer = make();
        var parameters = layer.Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].Bind(inputs[i + 1]);
        }

        Tensor[] states = [.. inputs.Skip(1 + parameters.Count)];
        var each = states.Length / 2;
        RecurrentState Begin(int way) => new(states[way * each], each == 2 ? states[way * each + 1] : null);
        var (y, right, left) = layer.Run(inputs[0], Begin(0), Begin(1));
        Tensor?[] all = [y, right.Hidden, right.Cell, left.Hidden, left.Cell];
        return Tensor.Concatenate(0, [.. all.OfType<Tensor>().Select(tensor => tensor.Reshape(-1))]);
    };

    /// <summary>Maps x, the parameters and h₀ (and c₀ for an LSTM) to all outputs and the final state, concatenated.</summary>
    private static Func<IReadOnlyList<Tensor>, Tensor> FromState(Func<Recurrent> make) => inputs =>
    {
        var layer = make();
        var parameters = layer.Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].Bind(inputs[i + 1]);
        }

        var (y, last) = layer.Run(inputs[0], new RecurrentState(inputs[parameters.Count + 1], inputs.ElementAtOrDefault(parameters.Count + 2)));
        Tensor?[] all = [y, last.Hidden, last.Cell];
        return Tensor.Concatenate(0, [.. all.OfType<Tensor>().Select(tensor => tensor.Reshape(-1))]);
    };
}
