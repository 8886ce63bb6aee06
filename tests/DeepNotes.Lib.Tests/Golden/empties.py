"""Writes empties.json: what PyTorch makes of tensors without values, or that it makes nothing of them.

Run it with a Python that has PyTorch:  python3 empties.py
The rows are named as in Tensors/EmptyTests.cs: the member of Tensor first. Every input is full of ones, and so is the
upstream gradient; a value and a gradient are a shape and the one number that fills it.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

nothing = torch.tensor([], dtype=torch.long)
unary = {
    "Exp": torch.exp, "Log": torch.log, "Sqrt": torch.sqrt, "Square": torch.square, "Abs": torch.abs, "ReLU": torch.relu,
    "Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "Map": F.gelu, "Clamp": lambda x: x.clamp(-1, 1), "Pow": lambda x: x ** 2.5,
    "op_UnaryNegation": lambda x: -x, "Detach": lambda x: x.detach(), "Keep": lambda x: x.detach().clone(), "To": lambda x: x.detach().clone(),
    "RequireGradient": lambda x: x,
}
binary = {
    "op_Addition": torch.add, "op_Subtraction": torch.sub, "op_Multiply": torch.mul, "op_Division": torch.div,
    "Pow of tensors": torch.pow, "Maximum": torch.maximum, "Equal": lambda a, b: torch.eq(a, b).double(),
}

cases = [(f"{name}", [(0, 3)], f) for name, f in unary.items()]
for name, f in binary.items():
    cases += [
        (name, [(0, 3), (0, 3)], f),
        (f"{name}, by a row", [(0, 3), (3,)], f),
        (f"{name}, repeated to nothing", [(1, 3), (0, 1)], f),
        (f"{name}, by one", [(), (2, 0)], f),
        (f"{name}, not to be repeated", [(2, 3), (0, 3)], f),
    ]
cases += [
    ("op_Addition of a number", [(0, 3)], lambda x: 1 + x),
    ("op_Subtraction from a number", [(0, 3)], lambda x: 1 - x),
    ("op_Multiply by a number", [(0, 3)], lambda x: 2 * x),
    ("op_Division of a number", [(0, 3)], lambda x: 2 / x),
    ("op_Division by a number", [(0, 3)], lambda x: x / 2),
    ("Sum", [(0, 3)], lambda x: x.sum()),
    ("Sum axis 0", [(0, 3)], lambda x: x.sum(0)),
    ("Sum axis 0, wide", [(0, 21)], lambda x: x.sum(0)),
    ("Sum axis 0, wider", [(0, 70)], lambda x: x.sum(0)),
    ("Sum axis 0 of two", [(2, 0)], lambda x: x.sum(0)),
    ("Sum axis 1", [(2, 0)], lambda x: x.sum(1)),
    ("Sum kept", [(2, 0, 3)], lambda x: x.sum(1, keepdim=True)),
    ("Mean", [(0, 3)], lambda x: x.mean()),
    ("Mean axis 0", [(0, 3)], lambda x: x.mean(0)),
    ("Mean axis 1", [(0, 3)], lambda x: x.mean(1)),
    ("MeanOver", [(0, 3, 2)], lambda x: x.mean((0, 2), keepdim=True)),
    ("MeanOver, to nothing", [(2, 0, 2)], lambda x: x.mean((0, 2), keepdim=True)),
    ("Max", [(0, 3)], lambda x: x.max()),
    ("Max axis 0", [(0, 3)], lambda x: x.amax(0)),
    ("Max axis 1", [(0, 3)], lambda x: x.amax(1)),
    ("Max axis 1 of nothing", [(3, 0)], lambda x: x.amax(1)),
    ("Softmax", [(3, 0)], lambda x: torch.softmax(x, -1)),
    ("Softmax, no rows", [(0, 3)], lambda x: torch.softmax(x, -1)),
    ("Softmax axis 0", [(0, 3)], lambda x: torch.softmax(x, 0)),
    ("Softmax axis 0, no columns", [(3, 0)], lambda x: torch.softmax(x, 0)),
    ("Softmax axis 1 of 3", [(2, 0, 3)], lambda x: torch.softmax(x, 1)),
    ("Softmax hot", [(3, 0)], lambda x: torch.softmax(x / 2, -1)),
    ("LogSoftmax", [(3, 0)], lambda x: torch.log_softmax(x, -1)),
    ("LogSoftmax, no rows", [(0, 3)], lambda x: torch.log_softmax(x, -1)),
    ("LogSoftmax axis 0", [(0, 3)], lambda x: torch.log_softmax(x, 0)),
    ("LogSoftmax axis 1 of 3", [(2, 0, 3)], lambda x: torch.log_softmax(x, 1)),
    ("Entropy", [(3, 0)], lambda x: torch.special.entr(x).sum(-1)),
    ("Entropy, no rows", [(0, 3)], lambda x: torch.special.entr(x).sum(-1)),
    ("Reshape", [(0, 3)], lambda x: x.reshape(3, 0)),
    ("Reshape, an axis worked out", [(0, 3)], lambda x: x.reshape(3, -1)),
    ("Reshape to a row", [(0, 3)], lambda x: x.reshape(-1)),
    ("Reshape, an axis that nothing tells", [(0, 3)], lambda x: x.reshape(0, -1)),
    ("Reshape to a scalar", [(0, 3)], lambda x: x.reshape(())),
    ("Permute", [(0, 3, 2)], lambda x: x.permute(2, 0, 1)),
    ("Transpose", [(0, 3)], lambda x: x.T),
    ("Expand", [(1, 3)], lambda x: x.expand(0, 3)),
    ("Expand of nothing", [(0, 1)], lambda x: x.expand(2, 0, 3)),
    ("Expand of nothing into something", [(0, 3)], lambda x: x.expand(2, 3)),
    ("Slice", [(5, 3)], lambda x: x[2:2]),
    ("Slice at the end", [(5, 3)], lambda x: x[5:5]),
    ("Slice of nothing", [(0, 3)], lambda x: x[:, 1:3]),
    ("Split", [(0, 3)], lambda x: x.tensor_split(3, 1)[1]),
    ("Split of no length", [(0, 3)], lambda x: x.tensor_split(2, 0)[1]),
    ("Rows", [(5, 3)], lambda x: x[nothing]),
    ("Rows of nothing", [(0, 3)], lambda x: x[nothing]),
    ("Rows of no width", [(5, 0)], lambda x: x[torch.tensor([1, 1])]),
    ("Rows that are not there", [(0, 3)], lambda x: x[torch.tensor([0])]),
    ("Take", [(5, 3)], lambda x: x[:, nothing]),
    ("Take of nothing", [(0, 3)], lambda x: x[:, torch.tensor([2, 0])]),
    ("Take that is not there", [(3, 0)], lambda x: x[:, torch.tensor([0])]),
    ("Pick", [(0, 3)], lambda x: x[nothing, nothing]),
    ("Pad", [(0, 3, 4, 5)], lambda x: F.pad(x, (1, 2, 3, 4))),
    ("Pad of no height", [(1, 1, 0, 2)], lambda x: F.pad(x, (0, 0, 1, 1))),
    ("Pad replicate", [(0, 3, 4, 5)], lambda x: F.pad(x, (1, 1, 1, 1), mode="replicate")),
    ("Pad replicate of no height", [(1, 1, 0, 2)], lambda x: F.pad(x, (1, 1, 1, 1), mode="replicate")),
    ("Concatenate", [(0, 3), (2, 3), (0, 3)], lambda *parts: torch.cat(parts, 0)),
    ("Concatenate of nothing", [(0, 3), (0, 2)], lambda *parts: torch.cat(parts, 1)),
    ("Stack", [(0, 3), (0, 3)], lambda *parts: torch.stack(parts, 1)),
    ("Stack of no axes", [(0,), (0,)], lambda *parts: torch.stack(parts, 0)),
    ("MatMul, K = 0", [(2, 0), (0, 3)], torch.matmul),
    ("MatMul, M = 0", [(0, 4), (4, 3)], torch.matmul),
    ("MatMul, N = 0", [(2, 4), (4, 0)], torch.matmul),
    ("MatMul, all 0", [(0, 0), (0, 0)], torch.matmul),
    ("MatMul transposed left, K = 0", [(0, 2), (0, 3)], lambda a, b: a.T @ b),
    ("MatMul transposed right, K = 0", [(2, 0), (3, 0)], lambda a, b: a @ b.T),
    ("MatMul transposed both, M = 0", [(4, 0), (3, 4)], lambda a, b: a.T @ b.T),
    ("MatMul with bias, K = 0", [(2, 0), (0, 3), (3,)], lambda a, b, c: a @ b + c),
    ("MatMul with bias, M = 0", [(0, 4), (4, 3), (3,)], lambda a, b, c: a @ b + c),
    ("MatMul, a stack of none", [(0, 2, 4), (0, 4, 3)], torch.matmul),
    ("MatMul, a stack of none by a matrix", [(0, 2, 4), (4, 3)], torch.matmul),
    ("MatMul, a matrix by a stack of none", [(2, 4), (0, 4, 3)], torch.matmul),
    ("MatMul, a stack of one by a stack of none", [(1, 2, 4), (0, 4, 3)], torch.matmul),
    ("MatMul, stacks with K = 0", [(2, 3, 2, 0), (3, 0, 5)], torch.matmul),
    ("MatMul of vectors", [(0,), (0,)], torch.matmul),
    ("MatMul, matrix by vector, K = 0", [(2, 0), (0,)], torch.matmul),
    ("MatMul, matrix by vector, M = 0", [(0, 4), (4,)], torch.matmul),
    ("MatMul, vector by matrix, K = 0", [(0,), (0, 3)], torch.matmul),
    ("MatMul, vector by matrix, N = 0", [(4,), (4, 0)], torch.matmul),
    ("MatMul that does not fit", [(2, 0), (1, 3)], torch.matmul),
    ("Unfold", [(0, 3, 5, 5)], lambda x: F.unfold(x, 3)),
    ("Unfold, no channels", [(2, 0, 5, 5)], lambda x: F.unfold(x, 3)),
    ("Convolve", [(0, 3, 5, 5), (4, 3, 3, 3)], F.conv2d),
    ("Convolve, no channels", [(2, 0, 5, 5), (4, 0, 3, 3)], F.conv2d),
    ("Convolve, no filters", [(2, 3, 5, 5), (0, 3, 3, 3)], F.conv2d),
    ("Convolve, an empty kernel", [(2, 3, 5, 5), (4, 3, 0, 3)], F.conv2d),
    ("Convolve, no height", [(2, 3, 0, 5), (4, 3, 1, 1)], F.conv2d),
    ("MaxPool", [(0, 3, 4, 4)], lambda x: F.max_pool2d(x, 2)),
    ("MaxPool, no channels", [(2, 0, 4, 4)], lambda x: F.max_pool2d(x, 2)),
    ("AveragePool", [(0, 3, 4, 4)], lambda x: F.avg_pool2d(x, 2)),
    ("AveragePool, no channels", [(2, 0, 4, 4)], lambda x: F.avg_pool2d(x, 2)),
    ("NormalizeChannels", [(0, 3)], lambda x: F.batch_norm(x, None, None, training=True)),
    ("NormalizeChannels, no channels", [(2, 0)], lambda x: F.batch_norm(x, None, None, training=True)),
]


def filled(tensor):
    numbers = {str(float(value)) for value in tensor.flatten()}
    assert len(numbers) <= 1, numbers
    return {"shape": list(tensor.shape), "number": numbers.pop().replace("nan", "NaN") if numbers else "0.0"}


def solve(name, shapes, function):
    inputs = [torch.ones(shape, dtype=torch.float64, requires_grad=True) for shape in shapes]
    row = {"name": name, "inputs": [list(shape) for shape in shapes], "value": None, "gradients": []}
    try:
        value = function(*inputs)
        row["value"] = filled(value.detach())
        if value.requires_grad:
            value.backward(torch.ones_like(value))
            row["gradients"] = [filled(torch.zeros_like(x) if x.grad is None else x.grad) for x in inputs]
    except (RuntimeError, IndexError, ValueError) as error:
        print(f"{name}: {str(error).splitlines()[0]}")
    return row


rows = ",\n".join(json.dumps(solve(*case)) for case in cases)
pathlib.Path(__file__).with_suffix(".json").write_text(f"[\n{rows}\n]\n")
print(f"PyTorch {torch.__version__}: {len(cases)} rows")
