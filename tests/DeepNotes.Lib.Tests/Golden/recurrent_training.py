"""Writes recurrent_training.json: twenty steps of a classifier of sequences by PyTorch, from stored weights and data.

Run it with a Python that has PyTorch:  python3 recurrent_training.py
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F

from golden import array

torch.set_default_dtype(torch.float64)
random = numpy.random.RandomState(5)
x = random.normal(size=(8, 7, 6)).astype(numpy.float32)
labels = random.randint(0, 4, 8)


def weights(gates):
    shapes = [(gates * 11, 6), (gates * 11, 11), (gates * 11,), (gates * 11,), (4, 11), (4,)]
    return [(random.normal(size=shape) * 0.3).astype(numpy.float32) for shape in shapes]


def train(kind, start):
    recurrent, linear = kind(6, 11, batch_first=True), torch.nn.Linear(11, 4)
    parameters = [*recurrent.parameters(), *linear.parameters()]
    with torch.no_grad():
        for parameter, value in zip(parameters, start):
            parameter.copy_(torch.tensor(value))
    optimizer = torch.optim.Adam(parameters, lr=0.02)
    seen = []
    for _ in range(20):
        states, _ = recurrent(torch.tensor(x.astype(numpy.float64)))
        loss = F.cross_entropy(linear(states[:, -1]), torch.tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen.append(loss.item())
    return {"weights": [array(value) for value in start], "losses": seen}


golden = {
    "x": array(x),
    "labels": labels.tolist(),
    "runs": {
        "RNN": train(torch.nn.RNN, weights(1)),
        "LSTM": train(torch.nn.LSTM, weights(4)),
        "GRU": train(torch.nn.GRU, weights(3)),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
print(f"PyTorch {torch.__version__}: {len(golden['runs'])} runs")
for name, run in golden["runs"].items():
    print(name, run["losses"][0], run["losses"][-1])
