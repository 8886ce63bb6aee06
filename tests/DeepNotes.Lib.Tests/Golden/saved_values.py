"""Writes saved_values.json: which values PyTorch keeps for the backward pass of each row in operations.py.

Run it with a Python that has PyTorch:  python3 saved_values.py
A value is kept if changing it in place after the forward pass makes the backward pass raise an error.
"""
import importlib
import json
import pathlib

import numpy
import torch

import golden

cases = []
golden.write = lambda script, rows: cases.extend(rows)
importlib.import_module("operations")


def is_kept(arguments, function, place):
    """Of the inputs and, at the end, the output."""
    tensors = [torch.tensor(a.astype(numpy.float64), requires_grad=True) for a in arguments]
    value = function(*tensors)
    changed = (tensors + [value])[place].detach()
    if changed.numel() > 1 and 0 in changed.stride():
        return False  # An expanded view can't be changed.
    changed.add_(1)
    try:
        value.sum().backward()
        return False
    except RuntimeError as error:
        assert "inplace" in str(error), error
        return True


lines = ",\n".join(
    json.dumps({
        "name": name,
        "inputs": [is_kept(arguments, function, k) for k in range(len(arguments))],
        "value": is_kept(arguments, function, len(arguments)),
    })
    for name, arguments, function in cases)
pathlib.Path(__file__).with_suffix(".json").write_text(f"[\n{lines}\n]\n")
print(f"PyTorch {torch.__version__}: {len(cases)} rows")
