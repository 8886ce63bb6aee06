"""An independent reader and writer of safetensors after the format's description, with NumPy: the peer of ours.

  python3 safetensors_peer.py golden          writes all-types.safetensors beside this script (needs PyTorch for BF16)
  python3 safetensors_peer.py echo IN OUT     reads IN into PyTorch and writes the same tensors to OUT
  python3 safetensors_peer.py linear IN OUT   loads fc.* of IN into a Linear, writes it with x and y = fc(x) to OUT
"""
import json
import pathlib
import struct
import sys

import numpy
import torch

NUMPY = {"BOOL": "?", "U8": "u1", "I8": "i1", "I16": "<i2", "U16": "<u2", "F16": "<f2", "I32": "<i4", "U32": "<u4",
         "F32": "<f4", "F64": "<f8", "I64": "<i8", "U64": "<u8", "BF16": "<u2"}
# The reference writes the widest elements first, so that all are aligned; then by name.
ORDER = ["U64", "I64", "F64", "F32", "U32", "I32", "BF16", "F16", "U16", "I16", "I8", "U8", "BOOL"]


def read(path):
    content = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    metadata = header.pop("__metadata__", {})
    data = content[8 + length:]
    return {name: (entry["dtype"], numpy.frombuffer(data[slice(*entry["data_offsets"])], NUMPY[entry["dtype"]])
            .reshape(entry["shape"])) for name, entry in header.items()}, metadata


def write(path, tensors, metadata):
    header, data = ({"__metadata__": dict(sorted(metadata.items()))} if metadata else {}), b""
    for name, (dtype, values) in sorted(tensors.items(), key=lambda t: (ORDER.index(t[1][0]), t[0])):
        values = numpy.asarray(values, NUMPY[dtype])
        offsets = [len(data), len(data) + values.nbytes]
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": offsets}
        data += values.tobytes()
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def golden():
    brain = torch.tensor([1, -2.5, 3.140625], dtype=torch.bfloat16).view(torch.int16).numpy().view("<u2")
    write(pathlib.Path(__file__).with_name("all-types.safetensors"), {
        "bool": ("BOOL", [True, False, True]), "u8": ("U8", [0, 255]), "i8": ("I8", [-128, 127]),
        "i16": ("I16", [-32768, 32767]), "u16": ("U16", [65535]), "i32": ("I32", [-16777216, 7]),
        "u32": ("U32", [1 << 31]), "i64": ("I64", [-(1 << 40), 3]), "u64": ("U64", [1 << 63]),
        "f16": ("F16", [[1.5, -65504], [6e-8, numpy.inf]]), "bf16": ("BF16", brain),
        "f32": ("F32", [[0.1, -numpy.inf, 1e-45]]), "f64": ("F64", [0.1, -1e300 * 0, 1e30]),
        "empty": ("F32", numpy.zeros((2, 0, 3))), "scalar": ("F32", numpy.float32(42)),
        "num_batches_tracked": ("I64", numpy.int64(100)), "层.\"é\"": ("F32", [7]),
    }, {"format": "pt", "made by": "safetensors_peer.py"})


def echo(source, target):
    tensors, metadata = read(source)
    write(target, {name: (dtype, torch.from_numpy(values.copy()).numpy()) for name, (dtype, values) in tensors.items()}, metadata)


def linear(source, target):
    tensors = {name: torch.from_numpy(values.copy()) for name, (_, values) in read(source)[0].items()}
    weight = tensors["fc.weight"]
    model = torch.nn.Sequential()
    model.add_module("fc", torch.nn.Linear(weight.shape[1], weight.shape[0]))
    model.load_state_dict({name: value for name, value in tensors.items() if name.startswith("fc.")})
    state = {**model.state_dict(), "x": tensors["x"], "y": model(tensors["x"]).detach()}
    write(target, {name: ("F32", value.numpy()) for name, value in state.items()}, {"format": "pt"})


def network():
    pooling = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())
    return torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.ReLU(), pooling, torch.nn.Linear(3, 2))


def evaluate(weights, inputs, target):
    """Loads a network's weights as PyTorch does, strictly, and writes what it answers."""
    model = network()
    model.load_state_dict({name: torch.from_numpy(values.copy()) for name, (_, values) in read(weights)[0].items()}
                          | {"1.num_batches_tracked": torch.tensor(0)})
    answer(model, inputs, target)


def train(inputs, weights, target):
    """Writes the weights of a network that PyTorch made and trained a little, and what it answers."""
    torch.manual_seed(1)
    model = network()
    x = torch.from_numpy(read(inputs)[0]["x"][1].copy())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        model(x).square().sum().backward()
        optimizer.step()
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    write(weights, {name: ("I64" if value.dtype == "int64" else "F32", value) for name, value in state.items()}, {"format": "pt"})
    answer(model, inputs, target)


def answer(model, inputs, target):
    x = torch.from_numpy(read(inputs)[0]["x"][1].copy())
    write(target, {"y": ("F32", model.eval()(x).detach().numpy())}, {})


if __name__ == "__main__":
    {"golden": golden, "echo": echo, "linear": linear, "evaluate": evaluate, "train": train}[sys.argv[1]](*sys.argv[2:])
