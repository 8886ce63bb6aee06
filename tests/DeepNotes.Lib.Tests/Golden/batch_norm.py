"""Writes batch_norm.json: what PyTorch's batch normalisation remembers after three batches, and how it then evaluates.

Run it with a Python that has PyTorch:  python3 batch_norm.py
"""
import json
import pathlib

import torch

from golden import array, inputs

batches = inputs((4, 3, 5, 7), (2, 3, 5, 7), (1, 3, 5, 7), low=-1, high=5)
norm = torch.nn.BatchNorm2d(3, momentum=0.3)
for x in batches:
    norm(torch.tensor(x).double())
norm.eval()
seen = {
    "batches": [array(x) for x in batches],
    "mean": array(norm.running_mean),
    "variance": array(norm.running_var),
    "value": array(norm(torch.tensor(batches[0]).double()).detach()),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(seen) + "\n")
print(f"PyTorch {torch.__version__}")
