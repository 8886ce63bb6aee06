"""Writes data.json: transforms and metrics by NumPy, from their definitions and by other roads than the library's.

Whitening goes by the singular values of the samples, not by the eigenvalues of their covariance; the area under a ROC
curve by counting pairs; precision and recall by sets. Run it with a Python that has NumPy:  python3 data.py
"""
import json
import pathlib

import numpy

random = numpy.random.RandomState(5)
train = (random.normal(size=(40, 6)) @ random.normal(size=(6, 6)) + random.normal(size=6)).astype(numpy.float32)
other = (random.normal(size=(7, 6)) * 2).astype(numpy.float32)


def array(values):
    values = numpy.asarray(values, dtype=numpy.float64)
    return {"shape": list(values.shape), "values": values.ravel().tolist()}


def whiten(x, epsilon, keep, zca):
    mean = train.astype(float).mean(0)
    _, singular, rows = numpy.linalg.svd(train - mean, full_matrices=False)
    rows = rows * numpy.sign(rows[numpy.arange(6), numpy.abs(rows).argmax(1)])[:, None]
    scaled = (x - mean) @ rows.T / numpy.sqrt(singular**2 / len(train) + epsilon)
    return scaled @ rows if zca else scaled[:, :keep]


def standardise(x):
    return (x - train.astype(float).mean(0)) / train.astype(float).std(0)


def minmax(x):
    return (x - train.astype(float).min(0)) / (train.astype(float).max(0) - train.min(0))


transforms = {
    "standardization": standardise,
    "min-max": minmax,
    "PCA": lambda x: whiten(x, 1e-5, 6, False),
    "PCA of 3": lambda x: whiten(x, 0.1, 3, False),
    "ZCA": lambda x: whiten(x, 1e-5, 6, True),
    "ZCA with epsilon": lambda x: whiten(x, 0.1, 6, True),
}

labels = random.randint(0, 4, 60)
predictions = numpy.where(random.uniform(size=60) < 0.6, labels, random.randint(0, 5, 60))
classes = 6  # class 4 has predictions and no samples, class 5 has neither


def by_class(c):
    truth = {i for i in range(60) if labels[i] == c}
    guess = {i for i in range(60) if predictions[i] == c}
    precision = len(truth & guess) / len(guess) if guess else 0.0
    recall = len(truth & guess) / len(truth) if truth else 0.0
    return [precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0]


per_class = numpy.array([by_class(c) for c in range(classes)])
support = numpy.bincount(labels, minlength=classes)

scores = random.normal(size=(50, 5)).astype(numpy.float32)
top_labels = random.randint(0, 5, 50)
top = [float(numpy.mean([t in numpy.argsort(-s)[:k] for s, t in zip(scores, top_labels)])) for k in range(1, 6)]


def roc(scores, labels):
    positive, negative = scores[labels == 1], scores[labels == 0]
    area = numpy.mean([[1.0 if p > n else 0.5 if p == n else 0.0 for n in negative] for p in positive])
    thresholds = sorted(set(scores.tolist()), reverse=True)
    return {
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "area": float(area),
        "falsePositiveRates": [0.0] + [float((negative >= t).mean()) for t in thresholds],
        "truePositiveRates": [0.0] + [float((positive >= t).mean()) for t in thresholds],
    }


binary = random.randint(0, 2, 80)
continuous = (binary + random.normal(size=80)).astype(numpy.float32)
golden = {
    "train": array(train),
    "other": array(other),
    "transforms": {name: [array(f(train)), array(f(other))] for name, f in transforms.items()},
    "labels": labels.tolist(),
    "predictions": predictions.tolist(),
    "perClass": array(per_class),
    "macro": array(per_class.mean(0)),
    "weighted": array(numpy.average(per_class, axis=0, weights=support)),
    "scores": array(scores),
    "topLabels": top_labels.tolist(),
    "top": top,
    "roc": {
        "continuous": roc(continuous, binary),
        "with ties": roc(numpy.round(continuous), binary),
        "all equal": roc(numpy.zeros(80, numpy.float32), binary),
        "perfect": roc(binary.astype(numpy.float32), binary),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
print(f"NumPy {numpy.__version__}: {len(transforms)} transforms, {len(golden['roc'])} curves")
