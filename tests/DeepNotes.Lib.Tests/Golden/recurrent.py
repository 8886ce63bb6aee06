"""Writes recurrent.json: recurrent layers' and the embedding's values and gradients by PyTorch.

Run it with a Python that has PyTorch:  python3 recurrent.py
The rows are named as in Support/RecurrentOperations.cs; inputs are x and the parameters in the library's order, then
the state where there is one. A layer with one bias is PyTorch's with b_hh = 0.
"""
import torch
from torch.nn.utils.stateless import functional_call

from golden import inputs, write

ids = torch.tensor([[3, 0, 3], [10, 3, 1]])


def shapes(gates, n, steps, width, hidden, biases):
    return [(n, steps, width)] + weights(gates, width, hidden, biases)


def weights(gates, width, hidden, biases=1):
    rows = gates * hidden
    return [(rows, width), (rows, hidden)] + [(rows,)] * biases


def named(parameters, suffix=""):
    w_ih, w_hh, b_ih, *b_hh = parameters
    values = {"weight_ih": w_ih, "weight_hh": w_hh, "bias_ih": b_ih, "bias_hh": b_hh[0] if b_hh else torch.zeros_like(b_ih)}
    return {f"{name}_l0{suffix}": value for name, value in values.items()}


def run(kind, x, parameters, state=None, **options):
    layer = kind(x.shape[2], parameters[1].shape[1], batch_first=True, **options)
    return functional_call(layer, named(parameters), (x, state))


def outputs(kind, **options):
    return lambda x, *parameters: run(kind, x, parameters, **options)[0]


def all_of(*tensors):
    return torch.cat([tensor.reshape(-1) for tensor in tensors])


def from_state(kind):
    def function(x, *rest):
        *parameters, h = rest
        y, last = run(kind, x, parameters, h[None])
        return all_of(y, last)
    return function


def lstm_from_state(x, *rest):
    *parameters, h, c = rest
    y, (last, cell) = run(torch.nn.LSTM, x, parameters, (h[None], c[None]))
    return all_of(y, last, cell)


def bidirectional(x, *parameters):
    layer = torch.nn.LSTM(x.shape[2], parameters[1].shape[1], batch_first=True, bidirectional=True)
    return functional_call(layer, named(parameters[:3]) | named(parameters[3:], "_reverse"), (x,))[0]


def stacked(x, *parameters):
    y = run(torch.nn.LSTM, x, parameters[:3])[0]
    return run(torch.nn.GRU, y, parameters[3:])[0][:, -1]


RNN, LSTM, GRU = torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU
cases = [
    ("RNN", inputs(*shapes(1, 3, 5, 7, 11, 1), low=-1, high=1), outputs(RNN)),
    ("RNN two biases", inputs(*shapes(1, 2, 4, 3, 5, 2), low=-1, high=1), outputs(RNN)),
    ("RNN one of everything", inputs(*shapes(1, 1, 1, 1, 1, 1), low=-1, high=1), outputs(RNN)),
    ("RNN ReLU", inputs(*shapes(1, 2, 3, 5, 3, 1), low=-1, high=1), outputs(RNN, nonlinearity="relu")),
    ("RNN from a state", inputs(*shapes(1, 2, 3, 5, 3, 1), (2, 3), low=-1, high=1), from_state(RNN)),
    ("LSTM", inputs(*shapes(4, 3, 5, 7, 11, 1), low=-1, high=1), outputs(LSTM)),
    ("LSTM two biases", inputs(*shapes(4, 2, 4, 3, 5, 2), low=-1, high=1), outputs(LSTM)),
    ("LSTM one of everything", inputs(*shapes(4, 1, 1, 1, 1, 1), low=-1, high=1), outputs(LSTM)),
    ("LSTM one step", inputs(*shapes(4, 5, 1, 3, 17, 1), low=-1, high=1), outputs(LSTM)),
    ("LSTM one sample", inputs(*shapes(4, 1, 13, 2, 3, 1), low=-1, high=1), outputs(LSTM)),
    ("LSTM from a state", inputs(*shapes(4, 2, 3, 5, 3, 1), (2, 3), (2, 3), low=-1, high=1), lstm_from_state),
    ("GRU", inputs(*shapes(3, 3, 5, 7, 11, 1), low=-1, high=1), outputs(GRU)),
    ("GRU two biases", inputs(*shapes(3, 2, 4, 3, 5, 2), low=-1, high=1), outputs(GRU)),
    ("GRU one of everything", inputs(*shapes(3, 1, 1, 1, 1, 1), low=-1, high=1), outputs(GRU)),
    ("GRU one sample", inputs(*shapes(3, 1, 13, 2, 17, 1), low=-1, high=1), outputs(GRU)),
    ("GRU from a state", inputs(*shapes(3, 2, 3, 5, 3, 2), (2, 3), low=-1, high=1), from_state(GRU)),
    ("Bidirectional", inputs((2, 5, 3), *weights(4, 3, 7), *weights(4, 3, 7), low=-1, high=1), bidirectional),
    ("Recurrent layers in a row", inputs((2, 5, 3), *weights(4, 3, 7), *weights(3, 7, 5), low=-1, high=1), stacked),
    ("LastStep", inputs((3, 5, 7)), lambda x: x[:, -1]),
    ("Embedding", inputs((11, 5)), lambda w: w[ids]),
    ("Embedding one number", inputs((7, 3)), lambda w: w[[2]]),
]

write(__file__, cases)
