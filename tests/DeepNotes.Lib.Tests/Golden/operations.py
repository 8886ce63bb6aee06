"""Writes operations.json: every tensor operation's value and gradients by PyTorch.

Run it with a Python that has PyTorch:  python3 operations.py
The rows are named as in Support/TensorOperations.cs.
"""
import numpy
import torch
import torch.nn.functional as F

from golden import distinct, inputs, write

labels5 = torch.tensor([1, 0, 6, 3, 3])
rows = [2, 0, 2, 6]

cases = [
    ("Add", inputs((3, 5), (3, 5)), lambda a, b: a + b),
    ("Add row", inputs((7, 17), (17,)), lambda a, b: a + b),
    ("Add column", inputs((7, 17), (7, 1)), lambda a, b: a + b),
    ("Add both broadcast", inputs((3, 1, 5), (2, 1)), lambda a, b: a + b),
    ("Subtract", inputs((2, 19), (2, 19)), lambda a, b: a - b),
    ("Subtract scalar tensor", inputs((2, 19), ()), lambda a, b: a - b),
    ("Multiply", inputs((1, 33), (1, 33)), lambda a, b: a * b),
    ("Multiply broadcast", inputs((4, 3, 5), (3, 1)), lambda a, b: a * b),
    ("Divide", inputs((3, 5), (3, 5), low=0.5), lambda a, b: a / b),
    ("Divide broadcast", inputs((1, 5), (3, 1), low=0.5), lambda a, b: a / b),
    ("Affine", inputs((5, 7)), lambda x: 3 - 2 * x),
    ("Reciprocal", inputs((5, 7), low=0.5), lambda x: 2 / x),
    ("Exp", inputs((5, 7)), torch.exp),
    ("Log", inputs((5, 7), low=0.1), torch.log),
    ("Sqrt", inputs((5, 7), low=0.1), torch.sqrt),
    ("Square", inputs((5, 7)), torch.square),
    ("ReLU", inputs((5, 7)), torch.relu),
    ("Sigmoid", inputs((5, 7), low=-9, high=9), torch.sigmoid),
    ("Tanh", inputs((5, 7)), torch.tanh),
    ("Tanh far", inputs((1, 31), low=-12, high=12), torch.tanh),
    ("Maximum", inputs((5, 7), (5, 7)), torch.maximum),
    ("Sum", inputs((3, 11)), lambda x: x.sum()),
    ("Sum axis 0", inputs((13, 3)), lambda x: x.sum(0)),
    ("Sum axis 1 of 3", inputs((2, 5, 3)), lambda x: x.sum(1)),
    ("Sum last axis kept", inputs((2, 5, 37)), lambda x: x.sum(-1, keepdim=True)),
    ("Mean", inputs((3, 11)), lambda x: x.mean()),
    ("Mean axis 1", inputs((3, 11)), lambda x: x.mean(1)),
    ("Max", distinct(3, 11), lambda x: x.max()),
    ("Max axis 0", distinct(11, 3), lambda x: x.amax(0)),
    ("Max ties", [numpy.array([[1, 2, 2], [3, 3, 3]], numpy.float32)], lambda x: x.amax(1)),
    ("MatMul", inputs((3, 5), (5, 7)), lambda a, b: a @ b),
    ("MatMul one by one", inputs((1, 1), (1, 1)), lambda a, b: a @ b),
    ("MatMul odd", inputs((17, 37), (37, 67)), lambda a, b: a @ b),
    ("MatMul transposed left", inputs((5, 3), (5, 7)), lambda a, b: a.T @ b),
    ("MatMul transposed right", inputs((3, 5), (7, 5)), lambda a, b: a @ b.T),
    ("MatMul transposed both", inputs((5, 3), (7, 5)), lambda a, b: a.T @ b.T),
    ("Reshape", inputs((3, 8)), lambda x: x.reshape(4, 6)),
    ("Permute", inputs((2, 3, 5)), lambda x: x.permute(2, 0, 1)),
    ("Transpose", inputs((7, 19)), lambda x: x.T),
    ("Expand", inputs((3, 1, 5)), lambda x: x.expand(2, 3, 4, 5)),
    ("Slice", inputs((5, 7)), lambda x: x[:, 2:5]),
    ("Rows", inputs((7, 5)), lambda x: x[rows]),
    ("Pick", inputs((5, 7)), lambda x: x[torch.arange(5), labels5]),
    ("Softmax", inputs((5, 7), low=-5, high=5), lambda x: torch.softmax(x, -1)),
    ("Softmax axis 0", inputs((17, 3)), lambda x: torch.softmax(x, 0)),
    ("LogSoftmax", inputs((5, 7), low=-5, high=5), lambda x: torch.log_softmax(x, -1)),
    ("LogSoftmax one sample", inputs((1, 10)), lambda x: torch.log_softmax(x, -1)),
    ("CrossEntropy", inputs((5, 7), low=-5, high=5), lambda x: F.cross_entropy(x, labels5)),
    ("CrossEntropy one sample", inputs((1, 7)), lambda x: F.cross_entropy(x, labels5[:1])),
    ("MeanSquaredError", inputs((5, 3), (5, 3)), F.mse_loss),
    ("Linear", inputs((5, 7), (3, 7), (3,)), F.linear),
    ("LeakyReLU", inputs((5, 7)), lambda x: F.leaky_relu(x, 0.01)),
    ("PReLU", inputs((5, 7), (7,)), lambda x, a: F.prelu(x, a)),
    ("ELU", inputs((5, 7), low=-4), lambda x: F.elu(x, 1.5)),
    ("SELU", inputs((5, 7), low=-4), F.selu),
    ("Softplus", inputs((5, 7), low=-30, high=30), F.softplus),
    ("GELU", inputs((5, 17), low=-5, high=5), F.gelu),
    ("GELUTanh", inputs((5, 17), low=-5, high=5), lambda x: F.gelu(x, approximate="tanh")),
    ("SiLU", inputs((5, 17), low=-9, high=9), F.silu),
    ("Mish", inputs((5, 17), low=-9, high=25), F.mish),
    ("HardTanh", inputs((5, 7)), F.hardtanh),
    ("HardSigmoid", inputs((5, 7), low=-5, high=5), F.hardsigmoid),
    ("HardSwish", inputs((5, 7), low=-5, high=5), F.hardswish),
    ("SoftCrossEntropy", inputs((5, 7), (5, 7), low=0, high=2), lambda x, t: -(torch.log_softmax(x, 1) * t).sum() / 5),
]

write(__file__, cases)
