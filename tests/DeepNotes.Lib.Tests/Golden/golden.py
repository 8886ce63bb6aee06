"""What the scripts here share: inputs from a fixed seed, and a row of golden numbers from a function by PyTorch.

A row holds the inputs (float32, so that both sides start from the same numbers), the value, a random upstream gradient
and the gradients that it gives, all computed in float64. Every script begins the random sequence of its inputs anew, and
a row's upstream gradient comes from its name: append new rows at the end, and the earlier ones keep their numbers.
"""
import json
import pathlib
import zlib

import numpy
import torch

torch.set_default_dtype(torch.float64)
random = numpy.random.RandomState(1)


def inputs(*shapes, low=-2.0, high=2.0):
    return [random.uniform(low, high, shape).astype(numpy.float32) for shape in shapes]


def distinct(*shape):
    """Values far enough apart that a maximum is no tie."""
    return [(random.permutation(numpy.prod(shape)).reshape(shape) / 7 - 2).astype(numpy.float32)]


def array(values):
    values = numpy.asarray(values)
    return {"shape": list(values.shape), "values": values.ravel().tolist()}


def solve(name, arguments, function):
    tensors = [torch.tensor(a.astype(numpy.float64), requires_grad=True) for a in arguments]
    value = function(*tensors)
    upstream = numpy.asarray(numpy.random.RandomState(zlib.crc32(name.encode())).uniform(-1, 1, tuple(value.shape)), numpy.float32)
    value.backward(torch.tensor(upstream.astype(numpy.float64)))
    return {
        "name": name,
        "inputs": [array(a) for a in arguments],
        "upstream": array(upstream),
        "value": array(value.detach()),
        "gradients": [array(t.grad) for t in tensors],
    }


def write(script, cases):
    """Solves the rows (name, inputs, function) and writes them beside the script, as JSON."""
    lines = ",\n".join(json.dumps(solve(*case)) for case in cases)
    pathlib.Path(script).with_suffix(".json").write_text(f"[\n{lines}\n]\n")
    print(f"PyTorch {torch.__version__}: {len(cases)} rows")
