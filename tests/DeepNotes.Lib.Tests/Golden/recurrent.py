"""Writes recurrent.json: recurrent layers' and the embedding's values and gradients by PyTorch.

Run it with a Python that has PyTorch:  python3 recurrent.py
The rows are named as in Support/RecurrentOperations.cs; inputs are x and the parameters in the library's order, then
the state where there is one. A layer with one bias is PyTorch's with b_hh = 0.
"""
import torch
import torch.nn.functional as F

from golden import inputs, write

RNN, RNN_RELU, LSTM, GRU = torch._VF.rnn_tanh, torch._VF.rnn_relu, torch._VF.lstm, torch._VF.gru
ids = torch.tensor([[3, 0, 3], [10, 3, 1]])


def shapes(gates, n, steps, width, hidden, biases):
    return [(n, steps, width)] + weights(gates, width, hidden, biases)


def weights(gates, width, hidden, biases=1):
    rows = gates * hidden
    return [(rows, width), (rows, hidden)] + [(rows,)] * biases


def flat(parameters):
    w_ih, w_hh, b_ih, *b_hh = parameters
    return [w_ih, w_hh, b_ih, b_hh[0] if b_hh else torch.zeros_like(b_ih)]


# The functions beneath torch.nn.RNN, LSTM and GRU, which take their weights as arguments.
def run(kind, x, parameters, state=None, directions=1):
    if state is None:
        zeros = torch.zeros(directions, x.shape[0], parameters[1].shape[1])
        state = (zeros, zeros) if kind is LSTM else zeros
    has_biases, layers, dropout, train, batch_first = True, 1, 0.0, False, True
    y, *last = kind(x, state, parameters, has_biases, layers, dropout, train, directions == 2, batch_first)
    return y, last


def outputs(kind):
    return lambda x, *parameters: run(kind, x, flat(parameters))[0]


def all_of(*tensors):
    return torch.cat([tensor.reshape(-1) for tensor in tensors])


def from_state(kind):
    def function(x, *rest):
        *parameters, h = rest
        y, last = run(kind, x, flat(parameters), h[None])
        return all_of(y, *last)
    return function


def lstm_from_state(x, *rest):
    *parameters, h, c = rest
    y, last = run(LSTM, x, flat(parameters), (h[None], c[None]))
    return all_of(y, *last)


def bidirectional(x, *parameters):
    return run(LSTM, x, flat(parameters[:3]) + flat(parameters[3:]), directions=2)[0]


def bidirectional_lstm_from_states(x, *rest):
    *parameters, h, c, g, d = rest
    y, last = run(LSTM, x, flat(parameters[:3]) + flat(parameters[3:]), (torch.stack([h, g]), torch.stack([c, d])), directions=2)
    return all_of(y, last[0][0], last[1][0], last[0][1], last[1][1])


def bidirectional_gru_from_states(x, *rest):
    *parameters, h, g = rest
    y, last = run(GRU, x, flat(parameters[:4]) + flat(parameters[4:]), torch.stack([h, g]), directions=2)
    return all_of(y, last[0][0], last[0][1])


def stacked(x, *parameters):
    y = run(LSTM, x, flat(parameters[:3]))[0]
    return run(GRU, y, flat(parameters[3:]))[0][:, -1]


cases = [
    ("RNN", inputs(*shapes(1, 3, 5, 7, 11, 1), low=-1, high=1), outputs(RNN)),
    ("RNN two biases", inputs(*shapes(1, 2, 4, 3, 5, 2), low=-1, high=1), outputs(RNN)),
    ("RNN one of everything", inputs(*shapes(1, 1, 1, 1, 1, 1), low=-1, high=1), outputs(RNN)),
    ("RNN ReLU", inputs(*shapes(1, 2, 3, 5, 3, 1), low=-1, high=1), outputs(RNN_RELU)),
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
    ("Bidirectional LSTM from states", inputs((2, 4, 3), *weights(4, 3, 5), *weights(4, 3, 5), (2, 5), (2, 5), (2, 5), (2, 5), low=-1, high=1),
     bidirectional_lstm_from_states),
    ("Bidirectional GRU from states", inputs((2, 4, 3), *weights(3, 3, 5, 2), *weights(3, 3, 5, 2), (2, 5), (2, 5), low=-1, high=1),
     bidirectional_gru_from_states),
    ("Embedding of indices", inputs((11, 5)), lambda w: F.embedding(ids, w)),
]

write(__file__, cases)
