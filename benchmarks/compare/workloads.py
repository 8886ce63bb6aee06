"""The rows of `deepnotes bench` in PyTorch: same names, same networks, same batches.

    python3 workloads.py [--threads N] [--seconds S] [--warm-up S] [NAME ...]   one JSON array of times
    python3 workloads.py --check [NAME ...]                                     results of each row instead of times
    python3 workloads.py --about                                                version and libraries
"""

import argparse
import json
import math
import os
import sys
import time

import torch
from torch import nn

CLASSES = 10
CHECKED_STEPS = 20


class BasicBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut, with a 1x1 convolution in it where the shape changes."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class LastStepLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 128, batch_first=True)
        self.linear = nn.Linear(128, CLASSES)

    def forward(self, x):
        return self.linear(self.lstm(x)[0][:, -1])


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, CLASSES))


def tiny_mlp():
    return nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, CLASSES))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, CLASSES))


def mini_vgg():
    def block(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]

    return nn.Sequential(
        *block(3, 32), *block(32, 32), nn.MaxPool2d(2), *block(32, 64), *block(64, 64), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 8 * 8, CLASSES))


def resnet20():
    blocks = [BasicBlock(inputs, outputs, stride) for inputs, outputs, stride in
              [(16, 16, 1)] * 3 + [(16, 32, 2)] + [(32, 32, 1)] * 2 + [(32, 64, 2)] + [(64, 64, 1)] * 2]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), *blocks,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, CLASSES))


def momentum(parameters):
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)


class Training:
    """Forward, backward and update on one batch."""

    def __init__(self, shape, build, optimizer=momentum):
        self.inputs, self.labels = torch.randn(shape), torch.arange(shape[0]) % CLASSES
        self.network = build()
        self.optimizer = optimizer(self.network.parameters())
        self.parameters = sum(p.numel() for p in self.network.parameters())

    def __call__(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(self.network(self.inputs), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def product(n):
    a, b = torch.randn(n, n), torch.randn(n, n)
    return lambda: a @ b


def convolution():
    layer, images = nn.Conv2d(64, 64, 3, padding=1), torch.randn(32, 64, 32, 32)

    def forward():
        with torch.no_grad():
            layer(images)

    return forward


WORKLOADS = {
    **{f"gemm {n}": (lambda n=n: product(n)) for n in (64, 128, 256, 512, 1024, 2048)},
    "mlp": lambda: Training((128, 784), mlp),
    "mlp-adam": lambda: Training((128, 784), mlp, torch.optim.Adam),
    "tiny-mlp": lambda: Training((128, 2), tiny_mlp),
    "lenet": lambda: Training((128, 1, 28, 28), lenet),
    "mini-vgg": lambda: Training((64, 3, 32, 32), mini_vgg),
    "resnet20": lambda: Training((64, 3, 32, 32), resnet20),
    "lstm": lambda: Training((128, 28, 28), LastStepLstm),
    "conv": convolution,
}


def milliseconds(run, times):
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) * 1e3 / times


# As in Timing.cs, so that both programs are timed in the steady state.
WARM_UP_PARTS = 8
STILL_FASTER = 0.98
LONGEST_WARM_UP = 4


def least(run, seconds):
    start, best, runs = time.perf_counter(), math.inf, 0
    while runs < 3 or time.perf_counter() - start < seconds:
        best, runs = min(best, milliseconds(run, 1)), runs + 1
    return best


def warm_up(run, seconds):
    """Runs for at least these seconds, and up to four times as long while the best run improves."""
    start, best, is_faster, elapsed = time.perf_counter(), math.inf, True, 0.0
    while elapsed < seconds or (is_faster and elapsed < LONGEST_WARM_UP * seconds):
        latest = least(run, seconds / WARM_UP_PARTS)
        is_faster, best = latest < STILL_FASTER * best, min(best, latest)
        elapsed = time.perf_counter() - start
    return best


def median(run, seconds, warm_up_seconds):
    """Returns the median of samples of at least a millisecond each, after the warm-up."""
    times = max(1, -int(-1 // max(warm_up(run, warm_up_seconds), 1e-3)))
    samples, start = [], time.perf_counter()
    while len(samples) < 5 or time.perf_counter() - start < seconds:
        samples.append(milliseconds(run, times))
    samples.sort()
    return (samples[(len(samples) - 1) // 2] + samples[len(samples) // 2]) / 2


def check(name):
    run = WORKLOADS[name]()
    is_training = isinstance(run, Training)
    losses = [run() for _ in range(CHECKED_STEPS + 1)]
    return {
        "name": name,
        "parameters": run.parameters if is_training else None,
        "firstLoss": losses[0] if is_training else None,
        "lastLoss": losses[-1] if is_training else None,
    }


def blas():
    """Returns the loaded BLAS: Debian's PyTorch uses the system's alternative, which can be the slow reference BLAS."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        paths = set()
    for kind in ("openblas", "mkl", "blis", "atlas"):
        if any(kind in path for path in paths):
            return kind
    if torch.backends.mkl.is_available():
        return "mkl"
    return "reference" if paths else "unknown"


def about():
    return {
        "torch": torch.__version__,
        "blas": blas(),
        "oneDNN": torch.backends.mkldnn.is_available(),
        "threads": torch.get_num_threads(),
    }


def main():
    parser = argparse.ArgumentParser(description="The rows of `deepnotes bench` in PyTorch.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=1.5, help="measurement time per row in seconds (1.5)")
    parser.add_argument("--warm-up", type=float, default=2.0, help="minimum warm-up time per row in seconds; up to four times as long while a row still gets faster (2)")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--about", action="store_true")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in WORKLOADS]
    if unknown:
        parser.error(f"{unknown[0]}: no such benchmark; available: {', '.join(WORKLOADS)}")
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    if options.about:
        print(json.dumps(about()))
        return
    print(f"PyTorch {about()}", file=sys.stderr)
    if blas() == "reference":
        print("workloads.py: PyTorch runs on the slow reference BLAS: no fair peer. "
              "On Debian: apt-get install libopenblas0-pthread", file=sys.stderr)
    names = options.names or list(WORKLOADS)
    if options.check:
        rows = [check(name) for name in names]
    else:
        rows = [{"name": name, "milliseconds": median(WORKLOADS[name](), options.seconds, options.warm_up)} for name in names]
    print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
