"""Writes second_derivatives.json: derivatives of gradients by PyTorch in float64.

Run it with a Python that has PyTorch:  python3 second_derivatives.py
Rows: of each row in operations.py, layers.py, recurrent.py and losses.py, with g = the gradients for the upstream dy, the
derivatives of s = sum of v·g with respect to the inputs and to dy; v is a fixed pattern. Networks: a Hessian times a
vector, and the gradient of a loss with a gradient penalty.
"""
import importlib
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F

import golden
from golden import array, inputs

def multi_margin_loss(x, labels, p=1, margin=1.0, reduction="mean"):
    rows = torch.arange(len(labels))
    terms = F.relu(x - x[rows, labels][:, None] + margin) ** p
    others = torch.ones_like(x)
    others[rows, labels] = 0
    losses = (terms * others).sum(1) / x.shape[1]
    return {"mean": losses.mean(), "sum": losses.sum(), "none": losses}[reduction]


def l1_loss(y, t, reduction="mean"):
    return getattr(torch.where(y > t, y - t, t - y), reduction)()


# PyTorch 1.13 does not differentiate the gradients of these, or gives NaN.
F.hardsigmoid = lambda x: F.relu6(x + 3) / 6
F.multi_margin_loss, F.l1_loss = multi_margin_loss, l1_loss
torch.abs = lambda x: torch.where(x > 0, x, -x)

tables = {}
golden.write = lambda script, cases: tables.update({name: function for name, _, function in cases})
files = ["operations", "layers", "recurrent", "losses"]
for file in files:
    importlib.import_module(file)


def exact(values, requires_grad=False):
    return torch.tensor(numpy.asarray(values, numpy.float64), requires_grad=requires_grad)


def read(stored):
    return exact(stored["values"], True).detach().reshape(stored["shape"]).requires_grad_()


def pattern(shape, k):
    """-1.25 to 1.25 in quarters."""
    count = int(numpy.prod(shape))
    return exact((7 * numpy.arange(count) + 3 * k) % 11 - 5).reshape(shape) / 4


def short(values):
    """Eight digits: the comparison is with float32."""
    values = numpy.asarray(values)
    return {"shape": list(values.shape), "values": [float(f"{value:.8g}") for value in values.ravel()]}


def derivatives(s, tensors):
    found = torch.autograd.grad(s, tensors, allow_unused=True) if s.requires_grad else [None] * len(tensors)
    return [short(torch.zeros_like(t) if d is None else d) for t, d in zip(tensors, found)]


def solve(row):
    tensors, dy = [read(x) for x in row["inputs"]], read(row["upstream"])
    gradients = torch.autograd.grad(tables[row["name"]](*tensors), tensors, dy, create_graph=True)
    s = sum((pattern(g.shape, k) * g).sum() for k, g in enumerate(gradients))
    *by_inputs, by_upstream = derivatives(s, tensors + [dy])
    return {"name": row["name"], "inputs": by_inputs, "upstream": by_upstream}


def is_finite(row):
    """JSON has no infinity: a power at 0 has no second derivative."""
    return all(numpy.isfinite(x["values"]).all() for x in row["inputs"] + [row["upstream"]])


def mlp(x, w1, b1, w2, b2):
    return F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2)


def cnn(x, w1, gamma, beta, w2, b2):
    y = F.relu(F.batch_norm(F.conv2d(x, w1, padding=1), None, None, gamma, beta, training=True))
    return F.linear(F.avg_pool2d(F.max_pool2d(y, 2), 2).flatten(1), w2, b2)


def network(function, x, labels, weights):
    """The Hessian of the cross-entropy times a pattern, and the gradient of cross-entropy + 0.1·sum |dL/dx|²."""
    parameters, images, t = [exact(w, True) for w in weights], exact(x, True), torch.tensor(labels)
    gradients = torch.autograd.grad(F.cross_entropy(function(images, *parameters), t), parameters, create_graph=True)
    product = derivatives(sum((pattern(g.shape, k) * g).sum() for k, g in enumerate(gradients)), parameters)
    loss = F.cross_entropy(function(images, *parameters), t)
    (dx,) = torch.autograd.grad(loss, images, create_graph=True)
    penalized = loss + 0.1 * dx.square().sum()
    return {
        "x": array(x),
        "labels": labels,
        "weights": [array(w) for w in weights],
        "product": product,
        "penalized": penalized.item(),
        "gradients": derivatives(penalized, parameters),
    }


here = pathlib.Path(__file__).parent
result = {
    "rows": [row for row in (solve(row) for file in files for row in json.loads((here / f"{file}.json").read_text())) if is_finite(row)],
    "mlp": network(mlp, *inputs((6, 4)), [0, 2, 1, 1, 0, 2], inputs((5, 4), (5,), (3, 5), (3,))),
    "cnn": network(cnn, *inputs((4, 2, 8, 8)), [0, 2, 1, 1], inputs((3, 2, 3, 3), (3,), (3,), (3, 12), (3,))),
}
lines = ",\n".join(json.dumps(row) for row in result.pop("rows"))
rest = json.dumps(result)[1:]
pathlib.Path(__file__).with_suffix(".json").write_text(f'{{"rows": [\n{lines}\n], {rest}\n')
print(f"PyTorch {torch.__version__}: {lines.count(chr(10)) + 1} rows")
