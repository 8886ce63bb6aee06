"""Writes optimizers.json: twenty steps of a small network by PyTorch, for each optimizer, from stored weights and data.

What PyTorch lacks, or has otherwise than its paper, is written here in NumPy after the paper's formula.
Run it with a Python that has PyTorch:  python3 optimizers.py
"""
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = numpy.random.RandomState(2)
x = random.normal(size=(16, 6)).astype(numpy.float32)
labels = random.randint(0, 4, 16)
weights = [
    (random.normal(size=shape) * 0.5).astype(numpy.float32) for shape in [(9, 6), (9,), (4, 9), (4,)]
]


def losses(make):
    parameters = [torch.tensor(w.astype(numpy.float64), requires_grad=True) for w in weights]
    optimizer = make(parameters)
    seen = []
    for _ in range(20):
        hidden = torch.tanh(F.linear(torch.tensor(x.astype(numpy.float64)), parameters[0], parameters[1]))
        loss = F.cross_entropy(F.linear(hidden, parameters[2], parameters[3]), torch.tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen.append(loss.item())
    return seen


class ByFormula:
    """An optimizer as a function (w, g, t, memory) -> w in NumPy, memory a dictionary for each parameter."""

    def __init__(self, parameters, update):
        self.parameters, self.update, self.t = parameters, update, 0
        self.memory = [{} for _ in parameters]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def step(self):
        self.t += 1
        for p, memory in zip(self.parameters, self.memory):
            p.data = torch.tensor(self.update(p.data.numpy().copy(), p.grad.numpy().copy(), self.t, memory))


def lion(rate, beta1=0.9, beta2=0.99, decay=0.0):
    # Chen et al. 2023, program 1.
    def update(w, g, t, memory):
        m = memory.get("m", numpy.zeros_like(w))
        c = beta1 * m + (1 - beta1) * g
        memory["m"] = beta2 * m + (1 - beta2) * g
        return w - rate * (numpy.sign(c) + decay * w)
    return update


def ftrl(alpha, beta=1.0, lambda1=0.0, lambda2=0.0):
    # McMahan et al. 2013, algorithm 1; z begins where its solution is the initial w.
    def update(w, g, t, memory):
        n = memory.get("n", numpy.zeros_like(w))
        z = memory.get("z", -(beta / alpha + lambda2) * w - lambda1 * numpy.sign(w))
        sigma = (numpy.sqrt(n + g * g) - numpy.sqrt(n)) / alpha
        z = z + g - sigma * w
        n = n + g * g
        memory["n"], memory["z"] = n, z
        solution = -(z - numpy.sign(z) * lambda1) / ((beta + numpy.sqrt(n)) / alpha + lambda2)
        return numpy.where(numpy.abs(z) <= lambda1, 0, solution)
    return update


def nadam(rate, beta1=0.9, beta2=0.999, eps=1e-8, psi=4e-3, decay=0.0):
    # Dozat 2016 in the form of PyTorch's documentation: PyTorch 1.13 multiplies the next product by mu once too often.
    def update(w, g, t, memory):
        g = g + decay * w
        mu, after = (beta1 * (1 - 0.5 * 0.96 ** (s * psi)) for s in (t, t + 1))
        product = memory["product"] = memory.get("product", 1.0) * mu
        m = memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
        v = memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g * g
        ahead = (1 - mu) / (1 - product) * g + after / (1 - product * after) * m
        return w - rate * ahead / (numpy.sqrt(v / (1 - beta2 ** t)) + eps)
    return update


def rmsprop(rate, rho, eps, momentum=0.0, centered=False):
    # Hinton 2012 with TensorFlow's place for eps, under the root; PyTorch has it beside.
    def update(w, g, t, memory):
        v = memory["v"] = rho * memory.get("v", 0) + (1 - rho) * g * g
        m = memory["m"] = rho * memory.get("m", 0) + (1 - rho) * g
        b = memory["b"] = momentum * memory.get("b", 0) + g / numpy.sqrt(v - (m * m if centered else 0) + eps)
        return w - rate * b
    return update


def uncorrected_adam(rate, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.0):
    # Kingma and Ba 2015, algorithm 1 without its two lines of bias correction; decay as in AdamW.
    def update(w, g, t, memory):
        m = memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
        v = memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g * g
        return w - rate * (m / (numpy.sqrt(v) + eps) + decay * w)
    return update


def by(update):
    return lambda p: ByFormula(p, update)


def proximal(rate, penalty):
    def update(w, g, t, memory):
        w = w - rate * g
        return numpy.sign(w) * numpy.maximum(numpy.abs(w) - rate * penalty, 0)
    return update


class Around:
    """An optimizer with something done to the gradients before its step, or to the weights after it."""

    def __init__(self, optimizer, before=lambda: None, after=lambda: None):
        self.optimizer, self.before, self.after = optimizer, before, after
        self.zero_grad = optimizer.zero_grad

    def step(self):
        self.before()
        self.optimizer.step()
        self.after()


def clipped(p, clip, rate=0.5):
    return Around(torch.optim.SGD(p, lr=rate), before=clip)


def clip_each(p, norm):
    for one in p:
        torch.nn.utils.clip_grad_norm_([one], norm)


def limit_rows(p, c):
    for w in p:
        if w.dim() > 1:
            w.data *= (c / w.data.norm(dim=1, keepdim=True)).clamp(max=1)


def subgradient(p, penalty):
    for w in p:
        w.grad += penalty * torch.sign(w.data)


def cosine(p):
    optimizer = torch.optim.SGD(p, lr=0.3, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 20)
    return Around(optimizer, after=schedule.step)


def groups(p):
    return torch.optim.AdamW([
        {"params": [p[0]], "lr": 0.001},
        {"params": [p[1], p[3]], "weight_decay": 0},
        {"params": [p[2]]},
    ], lr=0.01, weight_decay=0.5)


class Switch:
    def __init__(self, first, steps, second):
        self.first, self.steps, self.second = first, steps, second
        self.zero_grad = first.zero_grad

    def step(self):
        (self.first if self.steps > 0 else self.second).step()
        self.steps -= 1


O = torch.optim
optimizers = {
    "SGD": lambda p: O.SGD(p, lr=0.1),
    "SGD with momentum": lambda p: O.SGD(p, lr=0.1, momentum=0.9),
    "SGD with Nesterov's momentum": lambda p: O.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "SGD with L2": lambda p: O.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1),
    "AdaGrad": lambda p: O.Adagrad(p, lr=0.1),
    "AdaGrad with L2": lambda p: O.Adagrad(p, lr=0.1, weight_decay=0.1, eps=1e-6),
    "AdaDelta": lambda p: O.Adadelta(p),
    "AdaDelta with other rho": lambda p: O.Adadelta(p, lr=2, rho=0.8, eps=1e-4),
    "RMSProp": lambda p: O.RMSprop(p, lr=0.01),
    "RMSProp centred": lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, centered=True),
    "RMSProp centred with momentum": lambda p: O.RMSprop(p, lr=0.005, alpha=0.95, centered=True, momentum=0.8),
    "RMSProp with momentum": lambda p: O.RMSprop(p, lr=0.005, momentum=0.8, weight_decay=0.1),
    "Adam": lambda p: O.Adam(p, lr=0.01),
    "Adam with other betas": lambda p: O.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6),
    "Adam with L2": lambda p: O.Adam(p, lr=0.01, weight_decay=0.1),
    "RMSProp with epsilon inside": by(rmsprop(0.005, 0.9, 1e-2)),
    "RMSProp centred with epsilon inside": by(rmsprop(0.005, 0.9, 1e-2, momentum=0.5, centered=True)),
    "Adam without bias correction": by(uncorrected_adam(0.01)),
    "AdamW without bias correction": by(uncorrected_adam(0.01, decay=0.5)),
    "AMSGrad": lambda p: O.Adam(p, lr=0.05, betas=(0.9, 0.9), amsgrad=True),
    "AdamW": lambda p: O.AdamW(p, lr=0.01),
    "AdamW with a large decay": lambda p: O.AdamW(p, lr=0.02, weight_decay=0.5),
    "AdamW with groups": groups,
    "Nadam": by(nadam(2e-3)),
    "Nadam with other betas": by(nadam(0.02, 0.8, 0.95, psi=0.1, decay=0.1)),
    "RAdam": lambda p: O.RAdam(p, lr=0.01),
    "RAdam with other betas": lambda p: O.RAdam(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.1),
    "Lion": by(lion(0.01)),
    "Lion with decay": by(lion(0.02, 0.8, 0.9, 0.5)),
    "FTRL": by(ftrl(0.5)),
    "FTRL with penalties": by(ftrl(0.5, 0.5, 0.02, 0.1)),
    "Online gradient descent": by(lambda w, g, t, memory: w - 0.5 / numpy.sqrt(t) * g),
    "Adam, then SGD": lambda p: Switch(O.Adam(p, lr=0.02), 8, O.SGD(p, lr=0.1, momentum=0.9)),
    "SGD on a cosine": cosine,
    "SGD clipped by value": lambda p: clipped(p, lambda: torch.nn.utils.clip_grad_value_(p, 0.02)),
    "SGD clipped by norm": lambda p: clipped(p, lambda: clip_each(p, 0.1)),
    "SGD clipped by global norm": lambda p: clipped(p, lambda: torch.nn.utils.clip_grad_norm_(p, 0.1)),
    "SGD with max-norm": lambda p: Around(O.SGD(p, lr=0.5), after=lambda: limit_rows(p, 1.2)),
    "SGD with L1 by subgradient": lambda p: Around(O.SGD(p, lr=0.2), before=lambda: subgradient(p, 0.05)),
    "SGD with L1 by proximal step": by(proximal(0.2, 0.05)),
}


def array(values):
    return {"shape": list(values.shape), "values": values.ravel().tolist()}


golden = {
    "x": array(x),
    "labels": labels.tolist(),
    "weights": [array(w) for w in weights],
    "losses": {name: losses(make) for name, make in optimizers.items()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
print(f"PyTorch {torch.__version__}: {len(optimizers)} optimizers")
