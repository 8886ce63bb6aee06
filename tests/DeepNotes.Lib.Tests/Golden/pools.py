"""Writes pools.json: maximum and average pooling by PyTorch, at sizes where the last window, the padding and the stride meet.

Run it with a Python that has PyTorch:  python3 pools.py
"""
import itertools
import json
import pathlib

import torch
import torch.nn.functional as F

from golden import distinct, random, solve

rows = []


def add(name, x, kernel, stride, padding, dilation=(1, 1), covers_all=False, counts_padding=True):
    def function(x):
        if name == "MaxPool":
            return F.max_pool2d(x, kernel, stride, padding, dilation, covers_all)
        return F.avg_pool2d(x, kernel, stride, padding, covers_all, counts_padding)

    # Of a window that sees nothing but padding PyTorch's backward pass writes outside of its memory.
    if function(torch.tensor(x[0])).isinf().any():
        return

    title = f"{name} {x[0].shape} {kernel} {stride} {padding} {dilation} {covers_all} {counts_padding}"
    rows.append({
        **solve(title, x, function),
        "pool": name, "kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation,
        "coversAll": covers_all, "countsPadding": counts_padding,
    })


ones = [torch.ones(1, 1, 8, 7).numpy()]
for covers_all, counts_padding, padding in itertools.product([False, True], [False, True], [0, 1]):
    add("AveragePool", ones, (3, 3), (2, 2), (padding, padding), covers_all=covers_all, counts_padding=counts_padding)

while len(rows) < 108:
    kernel = tuple(int(k) for k in random.randint(1, 6, 2))
    stride = tuple(int(s) for s in random.randint(1, 6, 2))
    padding = tuple(int(random.randint(0, k // 2 + 1)) for k in kernel)
    # Averages have no dilation in PyTorch.
    dilation = tuple(int(d) for d in random.randint(1, 4, 2)) if len(rows) % 2 else (1, 1)
    size = tuple(int(random.randint(max(1, d * (k - 1) + 1 - 2 * p), d * (k - 1) + 6)) for k, p, d in zip(kernel, padding, dilation))
    x = distinct(*(int(n) for n in random.randint(1, 3, 2)), *size)
    name = "MaxPool" if dilation != (1, 1) or len(rows) % 4 == 0 else "AveragePool"
    add(name, x, kernel, stride, padding, dilation, bool(random.randint(2)), name == "MaxPool" or bool(random.randint(2)))

pathlib.Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(f"PyTorch {torch.__version__}: {len(rows)} rows")
