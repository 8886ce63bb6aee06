"""Writes cnn_training.json: twenty steps of a small convolutional network with batch normalisation by PyTorch.

Run it with a Python that has PyTorch:  python3 cnn_training.py
Convolution, normalisation, ReLU, pooling, convolution, normalisation, ReLU, global mean, linear; from stored weights and
images, the same batch in every step, so that small differences have twenty steps to grow.
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
random = numpy.random.RandomState(3)
x = random.normal(size=(12, 2, 9, 7)).astype(numpy.float32)
labels = random.randint(0, 5, 12)
net = nn.Sequential(
    nn.Conv2d(2, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(6, 7, 3), nn.BatchNorm2d(7), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(7, 5))
weights = [(random.normal(size=tuple(p.shape)) * 0.4).astype(numpy.float32) for p in net.parameters()]
with torch.no_grad():
    for p, w in zip(net.parameters(), weights):
        p.copy_(torch.tensor(w.astype(numpy.float64)))

optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
losses = []
for _ in range(20):
    loss = F.cross_entropy(net(torch.tensor(x.astype(numpy.float64))), torch.tensor(labels))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
net.eval()
with torch.no_grad():
    scores = net(torch.tensor(x.astype(numpy.float64)))


def array(values):
    return {"shape": list(values.shape), "values": values.ravel().tolist()}


golden = {
    "x": array(x),
    "labels": labels.tolist(),
    "weights": [array(w) for w in weights],
    "losses": losses,
    "statistics": [array(b.numpy()) for name, b in net.named_buffers() if name.endswith(("mean", "var"))],
    "scores": array(scores.numpy()),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
print(f"PyTorch {torch.__version__}: losses {losses[0]:.4f} to {losses[-1]:.4f}")
