"""Writes layers.json: layers and their parameters' gradients by PyTorch.

Run it with a Python that has PyTorch:  python3 layers.py
The rows are named as in Support/LayerOperations.cs; inputs are x and then the parameters in the order of declaration.
"""
import torch
import torch.nn.functional as F

from golden import distinct, inputs, write


def batch(x, w, b):
    return F.batch_norm(x, None, None, w, b, training=True)


def locally_connected(x, w, b, stride, padding):
    """PyTorch has no such layer: a product of each place's kernels with what F.unfold sees there."""
    rows, columns, filters, *kernel = w.shape
    seen = F.unfold(x, kernel[1:], padding=padding, stride=stride)
    y = torch.einsum("pft,ntp->nfp", w.reshape(rows * columns, filters, -1), seen)
    return y.reshape(x.shape[0], filters, rows, columns) + b


cases = [
    ("Conv2d", inputs((2, 3, 5, 7), (4, 3, 3, 3), (4,)), lambda x, w, b: F.conv2d(x, w, b)),
    ("Conv2d one image of one", inputs((1, 1, 1, 1), (1, 1, 1, 1), (1,)), lambda x, w, b: F.conv2d(x, w, b)),
    ("Conv2d everything", inputs((2, 6, 13, 11), (9, 2, 3, 2), (9,)),
     lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), padding=(1, 2), dilation=(1, 3), groups=3)),
    ("Conv2d wide", inputs((2, 17, 9, 19), (33, 17, 3, 3)), lambda x, w: F.conv2d(x, w, padding=1)),
    ("Conv2d same", inputs((1, 2, 5, 7), (3, 2, 4, 3), (3,)), lambda x, w, b: F.conv2d(x, w, b, padding="same")),
    ("Conv2d replicate", inputs((2, 3, 4, 5), (2, 3, 3, 3), (2,)),
     lambda x, w, b: F.conv2d(F.pad(x, (1, 1, 2, 2), mode="replicate"), w, b)),
    ("MaxPool2d", distinct(2, 3, 7, 9), lambda x: F.max_pool2d(x, 3, 2, 1)),
    ("MaxPool2d covers all", distinct(1, 5, 7, 8), lambda x: F.max_pool2d(x, 3, 2, ceil_mode=True)),
    ("AveragePool2d", inputs((2, 3, 6, 8)), lambda x: F.avg_pool2d(x, 2)),
    ("AveragePool2d padded", inputs((1, 3, 7, 5)), lambda x: F.avg_pool2d(x, 3, 2, 1)),
    ("AveragePool2d without padding", inputs((3, 1, 7, 5)), lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)),
    ("AdaptiveAveragePool2d", inputs((2, 3, 7, 5)), lambda x: F.adaptive_avg_pool2d(x, (3, 2))),
    ("AdaptiveAveragePool2d larger", inputs((1, 2, 3, 4)), lambda x: F.adaptive_avg_pool2d(x, 7)),
    ("AdaptiveMaxPool2d", distinct(2, 3, 7, 5), lambda x: F.adaptive_max_pool2d(x, (3, 2))),
    ("GlobalAveragePool", inputs((3, 5, 2, 7)), lambda x: x.mean((2, 3))),
    ("GlobalMaxPool", distinct(3, 5, 2, 7), lambda x: x.amax((2, 3))),
    ("BatchNorm1d", inputs((7, 5), (5,), (5,)), batch),
    ("BatchNorm1d sequence", inputs((2, 3, 11), (3,), (3,)), batch),
    ("BatchNorm2d", inputs((3, 5, 4, 7), (5,), (5,)), batch),
    ("BatchNorm2d one image", inputs((1, 2, 3, 3), (2,), (2,)), batch),
    ("LayerNorm", inputs((5, 17), (17,), (17,)), lambda x, w, b: F.layer_norm(x, (17,), w, b)),
    ("LayerNorm of images", inputs((2, 3, 4, 5), (3, 4, 5), (3, 4, 5)), lambda x, w, b: F.layer_norm(x, (3, 4, 5), w, b)),
    ("GroupNorm", inputs((2, 6, 3, 5), (6,), (6,)), lambda x, w, b: F.group_norm(x, 3, w, b)),
    ("InstanceNorm2d", inputs((2, 3, 4, 5)), lambda x: F.instance_norm(x)),
    ("InstanceNorm2d affine", inputs((1, 3, 4, 5), (3,), (3,)), lambda x, w, b: F.instance_norm(x, weight=w, bias=b)),
    ("PReLU of images", inputs((2, 3, 4, 5), (3,)), F.prelu),
    ("Maxout", inputs((5, 7), (6, 7), (6,)), lambda x, w, b: F.linear(x, w, b).reshape(5, 3, 2).amax(2)),
    ("Residual", inputs((2, 3, 5, 5), (3, 3, 3, 3), (3,)), lambda x, w, b: F.conv2d(x, w, b, padding=1) + x),
    ("Residual with shortcut", inputs((2, 3, 5, 5), (4, 3, 3, 3), (4, 3, 1, 1)),
     lambda x, w, s: F.conv2d(x, w, padding=1, stride=2) + F.conv2d(x, s, stride=2)),
    ("Branches", inputs((2, 3, 5, 5), (2, 3, 1, 1), (5, 3, 3, 3)),
     lambda x, v, w: torch.cat([F.conv2d(x, v), F.conv2d(x, w, padding=1)], 1)),
    ("LocallyConnected2d", inputs((2, 3, 5, 6), (3, 4, 4, 3, 3, 3), (4, 3, 4)), lambda x, w, b: locally_connected(x, w, b, 1, 0)),
    ("LocallyConnected2d everything", inputs((3, 2, 7, 6), (4, 5, 3, 2, 3, 2), (3, 4, 5)),
     lambda x, w, b: locally_connected(x, w, b, (2, 1), (1, 0))),
    ("LocallyConnected2d one by one", inputs((2, 2, 1, 1), (1, 1, 3, 2, 1, 1)), lambda x, w: locally_connected(x, w, 0, 1, 0)),
    ("BatchNorm1d epsilon 0", inputs((7, 3), (3,), (3,)), lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True, eps=0)),
    ("BatchNorm2d epsilon 0", inputs((2, 2, 3, 5), (2,), (2,)), lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True, eps=0)),
    ("LayerNorm epsilon 0", inputs((5, 7), (7,), (7,)), lambda x, w, b: F.layer_norm(x, (7,), w, b, eps=0)),
    ("GroupNorm epsilon 0", inputs((2, 4, 3, 3), (4,), (4,)), lambda x, w, b: F.group_norm(x, 2, w, b, eps=0)),
    ("InstanceNorm2d epsilon 0", inputs((2, 3, 4, 4)), lambda x: F.instance_norm(x, eps=0)),
]

write(__file__, cases)
