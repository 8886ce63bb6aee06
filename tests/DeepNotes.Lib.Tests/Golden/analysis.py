"""Writes analysis.json: derivatives of a small tanh network, saliency and Grad-CAM of a small CNN, by PyTorch in float64.

Run it with a Python that has PyTorch:  python3 analysis.py
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F
from torch.autograd.functional import hessian, jacobian

from golden import array, inputs, random

mlp_shapes = [(5, 4), (5,), (3, 5), (3,)]
(mlp_x,) = inputs((8, 4))
mlp_labels = random.randint(0, 3, 8)
mlp_weights = inputs(*mlp_shapes, low=-1.0, high=1.0)
vector = inputs(sum(int(numpy.prod(shape)) for shape in mlp_shapes))[0]

cnn_x = inputs((2, 1, 8, 8), low=0.0, high=1.0)[0]
cnn_weights = inputs((3, 1, 3, 3), (3,), (4, 3, 3, 3), (4,), (3, 4), (3,), low=-0.6, high=0.6)
cnn_classes = [2, 0]


def exact(values):
    return torch.tensor(values.astype(numpy.float64))


def mlp(theta, x):
    parts = torch.split(theta, [int(numpy.prod(shape)) for shape in mlp_shapes])
    w1, b1, w2, b2 = (part.reshape(shape) for part, shape in zip(parts, mlp_shapes))
    return F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2)


def mlp_numbers():
    theta = torch.cat([exact(w).ravel() for w in mlp_weights])
    x = exact(mlp_x)
    second = hessian(lambda t: F.cross_entropy(mlp(t, x), torch.tensor(mlp_labels)), theta)
    return {
        "x": array(mlp_x),
        "labels": mlp_labels.tolist(),
        "weights": [array(w) for w in mlp_weights],
        "jacobian": array(jacobian(lambda row: mlp(theta, row), x[:1]).reshape(3, 4)),
        "hessian": array(second),
        "eigenvalues": torch.linalg.eigvalsh(second).tolist(),
        "vector": array(vector),
        "product": array(second @ exact(vector)),
    }


def cnn_numbers():
    x = exact(cnn_x).requires_grad_()
    w1, b1, w2, b2, w3, b3 = map(exact, cnn_weights)
    maps = F.conv2d(torch.tanh(F.conv2d(x, w1, b1, padding=1)), w2, b2, stride=2)
    scores = F.linear(torch.tanh(maps).mean((2, 3)), w3, b3)
    score = scores[range(2), cnn_classes].sum()
    gradient, dmaps = torch.autograd.grad(score, [x, maps])
    cam = F.relu((dmaps.mean((2, 3), keepdim=True) * maps).sum(1)).detach()
    return {
        "x": array(cnn_x),
        "classes": cnn_classes,
        "weights": [array(w) for w in cnn_weights],
        "gradient": array(gradient),
        "maps": array(maps.detach()),
        "cam": array(cam),
        "enlarged": array(F.interpolate(cam[:, None], size=(8, 8), mode="bilinear", align_corners=False)[:, 0]),
    }


golden = {"mlp": mlp_numbers(), "cnn": cnn_numbers()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
print(f"PyTorch {torch.__version__}")
