namespace DeepNotes;

/// <summary>Appends layers one after another and tracks the shape of one sample.</summary>
internal sealed class ArchitectureBuilder(string pattern, Shape input, Queue<int> widths, int classes)
{
    private Shape _shape = input;
    private bool _hasEnded;

    public Sequential Network { get; } = [];

    public void Append(string name, int position)
    {
        if (_hasEnded)
        {
            throw new ArchitectureException(pattern, position, $"{name} after SOFTMAX, which is the last layer");
        }

        switch (name)
        {
            case "CONV":
                Images(name, position);
                AppendImageLayer(new Conv2d(_shape[0], widths.Dequeue(), 3, padding: 1));
                break;
            case "POOL" or "AVGPOOL":
                Images(name, position);
                Pool(name, position);
                break;
            case "GAP":
                Images(name, position);
                Network.Add(new GlobalAveragePool());
                _shape = [_shape[0]];
                break;
            case "FC":
                Linear(widths.Dequeue());
                break;
            case "SOFTMAX":
                Linear(classes);
                _hasEnded = true;
                break;
            case "BN":
                Network.Add(_shape.Count == 3 ? new BatchNorm2d(_shape[0]) : new BatchNorm1d(_shape[0]));
                break;
            default:
                Network.Add(Pointwise(name, position));
                break;
        }
    }

    private Layer Pointwise(string name, int position) => name switch
    {
        "RELU" => new ReLU(),
        "SIGMOID" => new Sigmoid(),
        "TANH" => new Tanh(),
        "DROPOUT" => new Dropout(),
        _ => throw new ArchitectureException(
            pattern, position, $"unknown layer {name}; known: CONV, POOL, AVGPOOL, GAP, FC, SOFTMAX, BN, DROPOUT, RELU, SIGMOID, TANH"),
    };

    private void Pool(string name, int position)
    {
        if (_shape[1] < 2 || _shape[2] < 2)
        {
            throw new ArchitectureException(pattern, position, $"{name} halves the image, which is {_shape[1]}×{_shape[2]} here");
        }

        AppendImageLayer(name == "POOL" ? new MaxPool2d(2) : new AveragePool2d(2));
    }

    private void AppendImageLayer(Layer layer)
    {
        Network.Add(layer);
        _shape = layer is Conv2d conv ? _shape.With(0, conv.Outputs) : [_shape[0], _shape[1] / 2, _shape[2] / 2];
    }

    private void Linear(int outputs)
    {
        if (_shape.Count == 3)
        {
            Network.Add(new Flatten());
            _shape = [_shape.Elements];
        }

        Network.Add(new Linear(_shape[0], outputs));
        _shape = [outputs];
    }

    private void Images(string name, int position)
    {
        if (_shape.Count != 3)
        {
            throw new ArchitectureException(pattern, position, $"{name} needs images [C, H, W], but gets {_shape} here");
        }
    }
}
