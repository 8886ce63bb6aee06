"""Writes models.json: what the networks of src/DeepNotes.Lib/Models are in PyTorch, written here with torchvision's names.

Run it with a Python that has PyTorch:  python3 models.py
For every network its parameters and statistics with their shapes, and multiply-accumulates at the size it was made for
(on the device "meta", which computes nothing); for small forms of them the scores in evaluation, in float64, of weights
that both sides draw from the library's own generator; for one the norm of its gradient in training.
"""
import json
import math
import pathlib

import numpy
import torch
import torch.nn.functional as F
from torch import nn


# The networks -----------------------------------------------------------------------------------------------------


class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, rectified=False):
        super().__init__()
        act, pool = (nn.ReLU, nn.MaxPool2d) if rectified else (nn.Sigmoid, nn.AvgPool2d)
        self.features = nn.Sequential(
            nn.Conv2d(channels, 6, 5, padding=2), act(), pool(2), nn.Conv2d(6, 16, 5), act(), pool(2))
        self.classifier = nn.Sequential(
            nn.Linear(400, 120), act(), nn.Linear(120, 84), act(), nn.Linear(84, classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


class AlexNet(nn.Module):
    def __init__(self, classes=1000, channels=3, hidden=4096):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, 64, kernel_size=11, stride=4, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(64, 192, kernel_size=5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(192, 384, kernel_size=3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 256, kernel_size=3, padding=1), nn.ReLU(),
            nn.Conv2d(256, 256, kernel_size=3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2))
        self.avgpool = nn.AdaptiveAvgPool2d(6)
        self.classifier = nn.Sequential(
            nn.Dropout(), nn.Linear(9216, hidden), nn.ReLU(),
            nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class VGG(nn.Module):
    columns = {
        11: "64 M 128 M 256 256 M 512 512 M 512 512 M",
        13: "64 64 M 128 128 M 256 256 M 512 512 M 512 512 M",
        16: "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M",
        19: "64 64 M 128 128 M 256 256 256 256 M 512 512 512 512 M 512 512 512 512 M",
    }

    def __init__(self, depth, bn=False, classes=1000, hidden=4096):
        super().__init__()
        layers, channels = [], 3
        for item in self.columns[depth].split():
            if item == "M":
                layers.append(nn.MaxPool2d(2, 2))
                continue
            layers.append(nn.Conv2d(channels, int(item), 3, padding=1))
            channels = int(item)
            layers += [nn.BatchNorm2d(channels), nn.ReLU()] if bn else [nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(25088, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(),
            nn.Linear(hidden, classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class Unit(nn.Module):
    def __init__(self, bn, inputs, outputs, kernel, **rest):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, bias=not bn, **rest)
        if bn:
            self.bn = nn.BatchNorm2d(outputs, eps=0.001)

    def forward(self, x):
        x = self.conv(x)
        return F.relu(self.bn(x) if hasattr(self, "bn") else x)


class Inception(nn.Module):
    def __init__(self, bn, inputs, one, three_reduce, three, five_reduce, five, pooled, kernel=None):
        super().__init__()
        self.branch1 = Unit(bn, inputs, one, 1)
        self.branch2 = nn.Sequential(Unit(bn, inputs, three_reduce, 1), Unit(bn, three_reduce, three, 3, padding=1))
        kernel = kernel or (3 if bn else 5)
        last = Unit(bn, five_reduce, five, kernel, padding=kernel // 2)
        self.branch3 = nn.Sequential(Unit(bn, inputs, five_reduce, 1), last)
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), Unit(bn, inputs, pooled, 1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class Head(nn.Module):
    def __init__(self, bn, inputs, classes):
        super().__init__()
        self.conv = Unit(bn, inputs, 128, 1)
        self.fc1 = nn.Linear(2048, 1024)
        self.fc2 = nn.Linear(1024, classes)

    def forward(self, x):
        x = self.conv(F.adaptive_avg_pool2d(x, 4))
        return self.fc2(F.dropout(F.relu(self.fc1(torch.flatten(x, 1))), 0.7, self.training))


class GoogLeNet(nn.Module):
    def __init__(self, bn, heads=True, classes=1000, kernel=None):
        super().__init__()
        self.conv1 = Unit(bn, 3, 64, 7, stride=2, padding=3)
        self.maxpool1 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv2 = Unit(bn, 64, 64, 1)
        self.conv3 = Unit(bn, 64, 192, 3, padding=1)
        self.maxpool2 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.inception3a = Inception(bn, 192, 64, 96, 128, 16, 32, 32, kernel=kernel)
        self.inception3b = Inception(bn, 256, 128, 128, 192, 32, 96, 64, kernel=kernel)
        self.maxpool3 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.inception4a = Inception(bn, 480, 192, 96, 208, 16, 48, 64, kernel=kernel)
        self.inception4b = Inception(bn, 512, 160, 112, 224, 24, 64, 64, kernel=kernel)
        self.inception4c = Inception(bn, 512, 128, 128, 256, 24, 64, 64, kernel=kernel)
        self.inception4d = Inception(bn, 512, 112, 144, 288, 32, 64, 64, kernel=kernel)
        self.inception4e = Inception(bn, 528, 256, 160, 320, 32, 128, 128, kernel=kernel)
        self.maxpool4 = nn.MaxPool2d(2 if bn else 3, 2, ceil_mode=True)
        self.inception5a = Inception(bn, 832, 256, 160, 320, 32, 128, 128, kernel=kernel)
        self.inception5b = Inception(bn, 832, 384, 192, 384, 48, 128, 128, kernel=kernel)
        if heads:
            self.aux1 = Head(bn, 512, classes)
            self.aux2 = Head(bn, 528, classes)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2 if bn else 0.4)
        self.fc = nn.Linear(1024, classes)

    def with_heads(self, x):
        x = self.maxpool2(self.conv3(self.conv2(self.maxpool1(self.conv1(x)))))
        first = self.inception4a(self.maxpool3(self.inception3b(self.inception3a(x))))
        second = self.inception4d(self.inception4c(self.inception4b(first)))
        x = self.maxpool4(self.inception4e(second))
        x = torch.flatten(self.avgpool(self.inception5b(self.inception5a(x))), 1)
        return self.fc(self.dropout(x)), first, second

    def forward(self, x):
        return self.with_heads(x)[0]


def convolution(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False)


class Block(nn.Module):
    def __init__(self, inputs, width, stride, expansion, zeros):
        super().__init__()
        outputs = width * expansion
        if expansion == 1:
            self.conv1 = convolution(inputs, width, 3, stride)
            self.bn1 = nn.BatchNorm2d(width)
            self.conv2 = convolution(width, width, 3)
            self.bn2 = nn.BatchNorm2d(width)
        else:
            self.conv1 = convolution(inputs, width, 1)
            self.bn1 = nn.BatchNorm2d(width)
            self.conv2 = convolution(width, width, 3, stride)
            self.bn2 = nn.BatchNorm2d(width)
            self.conv3 = convolution(width, outputs, 1)
            self.bn3 = nn.BatchNorm2d(outputs)
        self.added = outputs - inputs if zeros else 0
        if (stride != 1 or inputs != outputs) and not zeros:
            self.downsample = nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def shortcut(self, x):
        if self.added:
            return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.added))
        return self.downsample(x) if hasattr(self, "downsample") else x

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if hasattr(self, "conv3"):
            y = self.bn3(self.conv3(F.relu(y)))
        return F.relu(y + self.shortcut(x))


def stage(inputs, width, count, stride, expansion=1, zeros=False):
    rest = [Block(width * expansion, width, 1, expansion, False) for _ in range(count - 1)]
    return nn.Sequential(Block(inputs, width, stride, expansion, zeros), *rest)


class ResNet(nn.Module):
    def __init__(self, counts, expansion, classes=1000):
        super().__init__()
        self.conv1 = convolution(3, 64, 7, 2)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = stage(64, 64, counts[0], 1, expansion)
        self.layer2 = stage(64 * expansion, 128, counts[1], 2, expansion)
        self.layer3 = stage(128 * expansion, 256, counts[2], 2, expansion)
        self.layer4 = stage(256 * expansion, 512, counts[3], 2, expansion)
        self.fc = nn.Linear(512 * expansion, classes)

    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        return self.fc(self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean((2, 3)))


class CifarResNet(nn.Module):
    def __init__(self, depth, projection=False, classes=10):
        super().__init__()
        n = (depth - 2) // 6
        self.conv1 = convolution(3, 16, 3)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = stage(16, 16, n, 1)
        self.layer2 = stage(16, 32, n, 2, zeros=not projection)
        self.layer3 = stage(32, 64, n, 2, zeros=not projection)
        self.fc = nn.Linear(64, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer3(self.layer2(self.layer1(x))).mean((2, 3)))


# What they are ----------------------------------------------------------------------------------------------------


resnets = {18: ([2, 2, 2, 2], 1), 34: ([3, 4, 6, 3], 1), 50: ([3, 4, 6, 3], 4), 101: ([3, 4, 23, 3], 4), 152: ([3, 8, 36, 3], 4)}
networks = {
    "LeNet": (LeNet, [1, 1, 28, 28]),
    "AlexNet": (AlexNet, [1, 3, 224, 224]),
    **{f"VGG {depth}": (lambda depth=depth: VGG(depth), [1, 3, 224, 224]) for depth in VGG.columns},
    **{f"VGG {depth} BN": (lambda depth=depth: VGG(depth, bn=True), [1, 3, 224, 224]) for depth in VGG.columns},
    "GoogLeNet": (lambda: GoogLeNet(False), [1, 3, 224, 224]),
    "GoogLeNet BN": (lambda: GoogLeNet(True), [1, 3, 224, 224]),
    "GoogLeNet without heads": (lambda: GoogLeNet(False, heads=False), [1, 3, 224, 224]),
    "GoogLeNet BN without heads": (lambda: GoogLeNet(True, heads=False), [1, 3, 224, 224]),
    "GoogLeNet BN with 5x5": (lambda: GoogLeNet(True, heads=False, kernel=5), [1, 3, 224, 224]),
    **{f"ResNet {depth}": (lambda r=r: ResNet(*r), [1, 3, 224, 224]) for depth, r in resnets.items()},
    **{f"CIFAR ResNet {depth}": (lambda depth=depth: CifarResNet(depth), [1, 3, 32, 32]) for depth in (20, 32, 44, 56, 110)},
    "CIFAR ResNet 20 B": (lambda: CifarResNet(20, projection=True), [1, 3, 32, 32]),
}


def multiply_accumulates(network, shape):
    seen = []

    def count(module, _, y):
        per_output = math.prod(module.weight.shape[1:])
        seen.append(math.prod(y.shape) * per_output)

    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            module.register_forward_hook(count)
    with torch.no_grad():
        network(torch.empty(shape, device="meta"))
    return sum(seen)


def description(make, shape):
    network = make().to("meta").eval()
    return {
        "tensors": {name: list(value.shape) for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")},
        "parameters": sum(p.numel() for p in network.parameters()),
        "input": shape,
        "multiplyAccumulates": multiply_accumulates(network, shape),
    }


# What they compute ------------------------------------------------------------------------------------------------


def uniform(seed, count, low, high):
    """SplitMix64 and its use in the library's Generator.Uniforms, bit for bit."""
    z = numpy.uint64(seed) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z = z ^ (z >> numpy.uint64(31))
    share = (z >> numpy.uint64(40)).astype(numpy.float32) * numpy.float32(2.0**-24)
    low, high = numpy.float32(low), numpy.float32(high)
    return low + (high - low) * share


def draw(seed, shape, low, high):
    return torch.tensor(uniform(seed, math.prod(shape), low, high).astype(numpy.float64)).reshape(tuple(shape))


def fill(network):
    """Seeds count the parameters, then the statistics, in the order of declaration; scales that keep activations alive."""
    with torch.no_grad():
        parameters = list(network.named_parameters())
        for seed, (name, p) in enumerate(parameters):
            bound = math.sqrt(6 / math.prod(p.shape[1:])) if p.dim() > 1 else 0.1
            low, high = (0.5, 1.5) if p.dim() == 1 and name.endswith("weight") else (-bound, bound)
            p.copy_(draw(seed, p.shape, low, high))
        statistics = [(name, b) for name, b in network.named_buffers() if name.endswith(("mean", "var"))]
        for seed, (name, b) in enumerate(statistics, len(parameters)):
            b.copy_(draw(seed, b.shape, *((-0.1, 0.1) if name.endswith("mean") else (0.5, 1.5))))
    return network.double()


def image(shape):
    return draw(1_000_000, shape, -1, 1)


def scores(make, shape):
    network = fill(make()).eval()
    with torch.no_grad():
        x = image(shape)
        if isinstance(network, GoogLeNet):
            main, first, second = network.with_heads(x)
            found = [main, network.aux1(first), network.aux2(second)]
        else:
            found = [network(x)]
    return {"input": shape, "scores": [{"shape": list(y.shape), "values": y.flatten().tolist()} for y in found]}


small = {
    "LeNet": (LeNet, [2, 1, 28, 28]),
    "LeNet rectified": (lambda: LeNet(7, 3, rectified=True), [2, 3, 28, 28]),
    "AlexNet": (lambda: AlexNet(7, hidden=32), [2, 3, 71, 63]),
    "VGG 11": (lambda: VGG(11, classes=7, hidden=32), [1, 3, 32, 37]),
    "VGG 11 BN": (lambda: VGG(11, bn=True, classes=7, hidden=32), [1, 3, 33, 32]),
    "GoogLeNet": (lambda: GoogLeNet(False, classes=7), [1, 3, 64, 71]),
    "GoogLeNet BN": (lambda: GoogLeNet(True, classes=7), [1, 3, 64, 71]),
    "ResNet 18": (lambda: ResNet(*resnets[18], classes=7), [2, 3, 32, 37]),
    "ResNet 50": (lambda: ResNet(*resnets[50], classes=7), [1, 3, 33, 32]),
    "CIFAR ResNet 20": (lambda: CifarResNet(20), [2, 3, 15, 16]),
    "CIFAR ResNet 20 B": (lambda: CifarResNet(20, projection=True), [2, 3, 15, 16]),
}


def training():
    network = fill(CifarResNet(20)).train()
    loss = F.cross_entropy(network(image([3, 3, 16, 16])), torch.tensor([1, 0, 9]))
    loss.backward()
    return {
        "loss": loss.item(),
        "norms": {name: p.grad.norm().item() for name, p in network.named_parameters()},
        "statistics": {name: b.norm().item() for name, b in network.named_buffers() if name.endswith(("mean", "var"))},
    }


def rows(named):
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in named.items()) + "\n}"


described = rows({name: description(*network) for name, network in networks.items()})
computed = rows({name: scores(*network) for name, network in small.items()})
pathlib.Path(__file__).with_suffix(".json").write_text(
    f'{{"networks": {described},\n"scores": {computed},\n"training": {json.dumps(training())}}}\n')
print(f"PyTorch {torch.__version__}: {len(networks)} networks, {len(small)} of them computed")
