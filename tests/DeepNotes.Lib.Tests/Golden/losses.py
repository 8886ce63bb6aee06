"""Writes losses.json: every loss's value and gradients by PyTorch, or, where PyTorch has none, by the paper's formula.

Run it with a Python that has PyTorch:  python3 losses.py
The rows are named as in Support/LossOperations.cs.
"""
import math

import torch
import torch.nn.functional as F

from golden import inputs, write

labels5 = torch.tensor([1, 0, 6, 3, 3])
with_ignored = torch.tensor([1, -100, 6, -100, 3])
labels3 = torch.tensor([16, 0, 7])
weights7 = torch.tensor([0.5, 2.0, 0.0, 1.25, 3.0, 1.0, 0.25])
similar = torch.tensor([1.0, 0.0, 0.0, 1.0, 0.0])
binary = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
teacher = torch.linspace(-3, 3, 35).reshape(5, 7)
distribution = torch.tensor([[0.0, 0.25, 0.75], [1.0, 0.0, 0.0]])


def focal(scores, labels, gamma, alpha=None):
    p = torch.softmax(scores, 1)[torch.arange(len(labels)), labels]
    weight = 1 if alpha is None else alpha[labels]
    return -weight * (1 - p) ** gamma * torch.log(p)


def binary_focal(scores, targets, gamma, alpha):
    p = torch.sigmoid(scores)
    p_t = torch.where(targets == 1, p, 1 - p)
    return -torch.where(targets == 1, alpha, 1 - alpha) * (1 - p_t) ** gamma * torch.log(p_t)


def contrastive(a, b, margin):
    """Hadsell, Chopra, LeCun 2006, equation 4; their Y is 0 for a similar pair."""
    y, distance = 1 - similar[: len(a)], torch.linalg.norm(a - b, dim=1)
    return (1 - y) * 0.5 * distance**2 + y * 0.5 * torch.clamp(margin - distance, min=0) ** 2


def center(x, c, labels):
    """Wen et al. 2016, equation 2, sample by sample."""
    return torch.stack([0.5 * torch.dot(x[n] - c[t], x[n] - c[t]) for n, t in enumerate(labels)])


def large_margin(x, w, labels, m, annealing=0.0):
    """Liu et al. 2016, equations 4 to 6, with the angle itself."""
    losses = []
    for n, t in enumerate(labels):
        scores = [torch.dot(w[j], x[n]) for j in range(len(w))]
        size = torch.linalg.norm(w[t]) * torch.linalg.norm(x[n])
        theta = torch.acos(scores[t] / size)
        k = math.floor(m * theta.item() / math.pi)
        psi = (-1) ** k * torch.cos(m * theta) - 2 * k
        scores[t] = size * (annealing * torch.cos(theta) + psi) / (1 + annealing)
        losses.append(torch.logsumexp(torch.stack(scores), 0) - scores[t])
    return torch.stack(losses)


def distillation(scores, temperature, alpha):
    soft = F.kl_div(F.log_softmax(scores / temperature, 1), F.softmax(teacher / temperature, 1), reduction="batchmean")
    return alpha * temperature**2 * soft + (1 - alpha) * F.cross_entropy(scores, labels5)


def squared_triplet(a, p, n):
    return torch.clamp(((a - p) ** 2).sum(1) - ((a - n) ** 2).sum(1) + 0.5, min=0)


def entropy(z):
    return torch.distributions.Categorical(logits=z).entropy()


cases = [
    ("MeanSquaredError sum", inputs((1, 13), (1, 13)), lambda y, t: F.mse_loss(y, t, reduction="sum")),
    ("MeanSquaredError terms", inputs((3, 1, 5), (3, 1, 5)), lambda y, t: F.mse_loss(y, t, reduction="none")),
    ("MeanAbsoluteError", inputs((5, 7), (5, 7)), F.l1_loss),
    ("MeanAbsoluteError sum", inputs((1, 17), (1, 17)), lambda y, t: F.l1_loss(y, t, reduction="sum")),
    ("Huber", inputs((5, 7), (5, 7)), F.huber_loss),
    ("Huber delta", inputs((3, 11), (3, 11)), lambda y, t: F.huber_loss(y, t, delta=0.3)),
    ("Huber sum of one", inputs((1, 1), (1, 1)), lambda y, t: F.huber_loss(y, t, reduction="sum")),
    ("BinaryCrossEntropy", inputs((5, 3), low=-5, high=5), lambda z: F.binary_cross_entropy_with_logits(z, binary)),
    ("BinaryCrossEntropy soft", inputs((7,), low=-5, high=5) + inputs((7,), low=0.1, high=0.9), F.binary_cross_entropy_with_logits),
    ("BinaryCrossEntropy weighted sum", inputs((5, 3)), lambda z: F.binary_cross_entropy_with_logits(z, binary, pos_weight=torch.tensor(2.5), reduction="sum")),
    ("BinaryCrossEntropy far", inputs((5, 3), low=-100, high=100), lambda z: F.binary_cross_entropy_with_logits(z, binary)),
    ("CrossEntropy sum", inputs((5, 7)), lambda z: F.cross_entropy(z, labels5, reduction="sum")),
    ("CrossEntropy terms", inputs((5, 7)), lambda z: F.cross_entropy(z, labels5, reduction="none")),
    ("CrossEntropy smoothed", inputs((3, 17), low=-5, high=5), lambda z: F.cross_entropy(z, labels3, label_smoothing=0.1)),
    ("CrossEntropy weighted", inputs((5, 7)), lambda z: F.cross_entropy(z, labels5, weight=weights7)),
    ("CrossEntropy ignored", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored)),
    ("CrossEntropy with everything", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored, weight=weights7, label_smoothing=0.2)),
    ("CrossEntropy with everything, terms", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored, weight=weights7, label_smoothing=0.2, reduction="none")),
    ("CrossEntropy with everything, sum", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored, weight=weights7, label_smoothing=0.2, reduction="sum")),
    ("CrossEntropy of a class of weight 0", inputs((3, 7)), lambda z: F.cross_entropy(z, torch.tensor([2, 1, 2]), weight=weights7, label_smoothing=0.2)),
    ("CrossEntropy far", inputs((5, 7), low=-100, high=100), lambda z: F.cross_entropy(z, labels5, label_smoothing=0.1)),
    ("SoftCrossEntropy sum", inputs((1, 7)), lambda z: F.cross_entropy(z, torch.softmax(teacher[:1], 1), reduction="sum")),
    ("SoftCrossEntropy terms", inputs((5, 7)), lambda z: F.cross_entropy(z, torch.softmax(teacher, 1), reduction="none")),
    ("NegativeLogLikelihood", inputs((5, 7)), lambda l: F.nll_loss(l, labels5)),
    ("NegativeLogLikelihood weighted", inputs((5, 7)), lambda l: F.nll_loss(l, with_ignored, weight=weights7)),
    ("NegativeLogLikelihood sum of one", inputs((1, 7)), lambda l: F.nll_loss(l, labels5[:1], reduction="sum")),
    ("Hinge", inputs((5, 7)), lambda z: 7 * F.multi_margin_loss(z, labels5)),
    ("Hinge squared", inputs((3, 17)), lambda z: 17 * F.multi_margin_loss(z, labels3, p=2, margin=0.7)),
    ("Hinge terms", inputs((5, 7)), lambda z: 7 * F.multi_margin_loss(z, labels5, reduction="none")),
    ("Hinge sum of one", inputs((1, 7)), lambda z: 7 * F.multi_margin_loss(z, labels5[:1], reduction="sum")),
    ("KullbackLeibler", inputs((5, 7)) + inputs((5, 7), low=0.1, high=0.9), lambda l, p: F.kl_div(l, p, reduction="batchmean")),
    ("KullbackLeibler with zeros", inputs((2, 3)), lambda l: F.kl_div(l, distribution, reduction="sum")),
    ("KullbackLeibler terms", inputs((1, 5)) + inputs((1, 5), low=0.1, high=0.9), lambda l, p: F.kl_div(l, p, reduction="none").sum(1)),
    ("Distillation", inputs((5, 7)), lambda z: distillation(z, 4.0, 0.9)),
    ("Distillation cold", inputs((5, 7)), lambda z: distillation(z, 0.5, 0.3)),
    ("Focal", inputs((5, 7)), lambda z: focal(z, labels5, 2).mean()),
    ("Focal weighted", inputs((3, 7)), lambda z: focal(z, torch.tensor([4, 2, 1]), 0.5, weights7).sum()),
    ("Focal terms", inputs((1, 7), low=-5, high=5), lambda z: focal(z, labels5[:1], 3)),
    ("BinaryFocal", inputs((5, 3), low=-5, high=5), lambda z: binary_focal(z, binary, 2, 0.25).mean()),
    ("BinaryFocal sum", inputs((5, 3)), lambda z: binary_focal(z, binary, 0.5, 0.6).sum()),
    ("Contrastive", inputs((5, 3), (5, 3)), lambda a, b: contrastive(a, b, 3.0).mean()),
    ("Contrastive terms", inputs((5, 1), (5, 1)), lambda a, b: contrastive(a, b, 1.0)),
    ("Triplet", inputs((5, 7), (5, 7), (5, 7)), lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=2.0)),
    ("Triplet sum of one", inputs((1, 3), (1, 3), (1, 3)), lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=5.0, reduction="sum")),
    ("Triplet squared", inputs((5, 7), (5, 7), (5, 7)), lambda a, p, n: squared_triplet(a, p, n).mean()),
    ("Center", inputs((5, 3), (7, 3)), lambda x, c: center(x, c, labels5).mean()),
    ("Center sum", inputs((1, 2), (2, 2)), lambda x, c: center(x, c, labels5[:1]).sum()),
    ("LargeMarginSoftmax 1", inputs((5, 3), (7, 3)), lambda x, w: large_margin(x, w, labels5, 1).mean()),
    ("LargeMarginSoftmax 2", inputs((5, 3), (7, 3)), lambda x, w: large_margin(x, w, labels5, 2).mean()),
    ("LargeMarginSoftmax 3", inputs((5, 2), (7, 2)), lambda x, w: large_margin(x, w, labels5, 3).sum()),
    ("LargeMarginSoftmax 4", inputs((5, 5), (7, 5)), lambda x, w: large_margin(x, w, labels5, 4)),
    ("LargeMarginSoftmax annealed", inputs((1, 5), (7, 5)), lambda x, w: large_margin(x, w, labels5[:1], 4, annealing=5.0).mean()),
    ("CrossEntropy ignored by default", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored)),
    ("CrossEntropy ignored by default, smoothed", inputs((5, 7)), lambda z: F.cross_entropy(z, with_ignored, label_smoothing=0.1)),
    ("CrossEntropy all ignored, sum", inputs((2, 7)), lambda z: F.cross_entropy(z, torch.tensor([-100, -100]), reduction="sum")),
    ("CrossEntropy all ignored, terms", inputs((2, 7)), lambda z: F.cross_entropy(z, torch.tensor([-100, -100]), label_smoothing=0.1, reduction="none")),
    ("NegativeLogLikelihood ignored by default", inputs((5, 7)), lambda l: F.nll_loss(l, with_ignored)),
    ("NegativeLogLikelihood ignoring a class", inputs((5, 7)), lambda l: F.nll_loss(l, labels5, weight=weights7, ignore_index=3)),
    ("Entropy of scores", inputs((5, 7), low=-5, high=5), lambda z: entropy(z).mean()),
    ("Entropy of scores, far", inputs((3, 5), low=-12, high=12), lambda z: entropy(z).sum()),
    ("Entropy of scores, terms", inputs((1, 2)), entropy),
]

write(__file__, cases)
