"""Writes schedules.json: the factors of PyTorch's learning rate schedules over their first steps, one row each.

Run it with a Python that has PyTorch:  python3 schedules.py
"""
import json
import pathlib

import torch
from torch.optim import lr_scheduler as S


def factors(make, steps=40):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = make(optimizer)
    seen = []
    for _ in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return seen


def warm(optimizer, then, steps=8, start=0.25):
    first = S.LinearLR(optimizer, start_factor=start, end_factor=1.0, total_iters=steps)
    return S.SequentialLR(optimizer, [first, then(optimizer)], milestones=[steps])


metrics = [5, 4, 3.9999, 3.9998, 4.1, 3.5, 3.6, 3.7, 3.8, 3.9, 3.4999, 3.4, 3.4, 3.4, 3.4, 3.4, 3.4, 3.4, 3.4, 3.0, 3.1, 3.2, 3.3,
           3.4, 3.5, 3.6, 3.7, 3.8]


def plateau(**options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = S.ReduceLROnPlateau(optimizer, **options)
    seen = []
    for metric in metrics:
        schedule.step(1 / metric if options.get("mode") == "max" else metric)
        seen.append(optimizer.param_groups[0]["lr"])
    return seen


golden = {
    "schedules": {
        "constant": factors(lambda o: S.LambdaLR(o, lambda t: 0.5)),
        "step": factors(lambda o: S.StepLR(o, 7, 0.3)),
        "multi-step": factors(lambda o: S.MultiStepLR(o, [5, 12, 30], 0.2)),
        "exponential": factors(lambda o: S.ExponentialLR(o, 0.9)),
        "polynomial": factors(lambda o: S.PolynomialLR(o, 30, 2.0)),
        "linear to a tenth": factors(lambda o: S.LinearLR(o, 1.0, 0.1, 30)),
        "1/t": factors(lambda o: S.LambdaLR(o, lambda t: 1 / (1 + 0.3 * t))),
        "1/sqrt": factors(lambda o: S.LambdaLR(o, lambda t: (t + 1) ** -0.5)),
        "cosine": factors(lambda o: S.CosineAnnealingLR(o, 40, 0.1)),
        "cosine with restarts": factors(lambda o: S.CosineAnnealingWarmRestarts(o, 9, 1, 0.05)),
        "cosine with longer restarts": factors(lambda o: S.CosineAnnealingWarmRestarts(o, 5, 2)),
        "one cycle": factors(lambda o: S.OneCycleLR(o, 1.0, 41)),
        "one cycle with a long warm-up": factors(lambda o: S.OneCycleLR(o, 1.0, 41, pct_start=0.6, div_factor=10, final_div_factor=100)),
        "warm-up, then exponential": factors(lambda o: warm(o, lambda o: S.ExponentialLR(o, 0.9))),
        "step up": factors(lambda o: S.StepLR(o, 7, 1.5)),
        "multi-step up": factors(lambda o: S.MultiStepLR(o, [5, 12, 30], 2.0)),
        "exponential up": factors(lambda o: S.ExponentialLR(o, 1.1)),
        "linear up": factors(lambda o: S.LambdaLR(o, lambda t: 1 + 2 * min(t, 30) / 30)),
        "cosine up": factors(lambda o: S.CosineAnnealingLR(o, 40, 2.5)),
        "cosine with restarts up": factors(lambda o: S.CosineAnnealingWarmRestarts(o, 9, 1, 1.5)),
        "warm-up, then step": factors(lambda o: warm(o, lambda o: S.StepLR(o, 7, 0.3), 5, 0.5)),
    },
    "metrics": metrics,
    "plateaus": {
        "patience 2": plateau(factor=0.5, patience=2),
        "cooldown": plateau(factor=0.1, patience=1, cooldown=2, min_lr=0.005),
        "larger is better": plateau(mode="max", factor=0.5, patience=2, threshold=0.01),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
print(f"PyTorch {torch.__version__}: {len(golden['schedules'])} schedules")
