"""Writes training.json: twenty steps of a small network by PyTorch, for each optimizer, from stored weights and data.

Run it with a Python that has PyTorch:  python3 training.py
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = numpy.random.RandomState(2)
x = random.normal(size=(16, 6)).astype(numpy.float32)
labels = random.randint(0, 4, 16)
weights = [
    (random.normal(size=shape) * 0.5).astype(numpy.float32) for shape in [(9, 6), (9,), (4, 9), (4,)]
]


def losses(make):
    parameters = [torch.tensor(w.astype(numpy.float64), requires_grad=True) for w in weights]
    optimizer = make(parameters)
    seen = []
    for _ in range(20):
        hidden = torch.tanh(F.linear(torch.tensor(x.astype(numpy.float64)), parameters[0], parameters[1]))
        loss = F.cross_entropy(F.linear(hidden, parameters[2], parameters[3]), torch.tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen.append(loss.item())
    return seen


optimizers = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "SGD with momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "Adam with other betas": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6),
}


def array(values):
    return {"shape": list(values.shape), "values": values.ravel().tolist()}


golden = {
    "x": array(x),
    "labels": labels.tolist(),
    "weights": [array(w) for w in weights],
    "losses": {name: losses(make) for name, make in optimizers.items()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
print(f"PyTorch {torch.__version__}: {len(optimizers)} optimizers")
