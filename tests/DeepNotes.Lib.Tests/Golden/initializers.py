"""Writes initializers.json: PyTorch's gains, its fans of weights, and its kernels that return their input.

Run it with a Python that has PyTorch:  python3 initializers.py
"""
import json
import pathlib

import torch
from torch.nn import init

from golden import array

gains = [("Linear", "linear"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("ReLU", "relu"), ("SELU", "selu")]
slopes = [None, 0, 0.2, 1, 5**0.5, -0.5]
weights = [(256, 784), (1, 1), (7, 3), (5, 3, 4), (64, 3, 7, 7), (6, 1, 3, 3), (2, 3, 1, 5)]
kernels = [((4, 4, 3, 3), 1), ((3, 5, 5, 1), 1), ((5, 2, 3, 5), 1), ((2, 2, 4, 2), 1), ((3, 3, 3), 1), ((6, 2, 3, 3), 3),
           ((4, 1, 1, 1), 4), ((6, 1, 3, 3), 3), ((2, 2, 3, 2, 3), 1)]


def identity(shape, groups):
    return {"groups": groups, "value": array(init.dirac_(torch.empty(shape), groups))}


pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({
    "gains": {name: init.calculate_gain(function) for name, function in gains},
    "leaky": [{"slope": slope, "gain": init.calculate_gain("leaky_relu", slope)} for slope in slopes],
    "fans": [{"shape": shape, "fans": init._calculate_fan_in_and_fan_out(torch.empty(shape))} for shape in weights],
    "identities": [identity(*row) for row in kernels]
    + [{"groups": 1, "value": array(init.eye_(torch.empty(shape)))} for shape in [(3, 3), (2, 5), (4, 1)]],
}) + "\n")
print(f"PyTorch {torch.__version__}")
