"""PyTorch side of the benchmark of LCS: training steps of one setting; prints one line of JSON.

Argument: the job as JSON. Weights, images and the levels of every step are those that the Node side wrote.
"""

import json
import sys
import time

try:
    import numpy
    import torch
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Run: npm run bench -- --install-torch")

import torch.nn.functional as F

from fixture import print_result, read_fixture
from lcs_layers import Level
from lcs_network import CPreResNet20


def end_points(model, setting):
    """Pairs of tensors that the penalty covers: norm scales where convolutions are shared, else all convolutions."""
    rank = 1 if setting == "structured" else 4
    own = dict(model.named_parameters())
    pairs = [(own[name[:-1]], own[name]) for name in own if name.endswith("weight1")]
    return [(u, v) for u, v in pairs if u.dim() == rank]


def cosine_penalty(pairs):
    """Squared cosine of the end points, all tensors together."""
    first, second = (torch.cat([pair[i].flatten() for pair in pairs]) for i in (0, 1))
    return first.dot(second).square() / (first.dot(first) * second.dot(second))


def train_step(model, optimizer, level, passes, pairs, x, y):
    """Gradients of the passes are added up one after the other, which takes less memory than one backward pass for all."""
    optimizer.zero_grad()
    penalty = cosine_penalty(pairs)
    penalty.backward()
    total = penalty.item()
    for values in passes:
        level.__dict__.update(values)
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        total += loss.item()
    optimizer.step()
    return total


def main():
    job = json.loads(sys.argv[1])
    if job.get("threads"):
        torch.set_num_threads(job["threads"])
    fixture, plan = read_fixture(job["fixture"])
    level = Level()
    model = CPreResNet20(job["setting"], level)
    # The last layer is a convolution here, a dense layer there.
    model.load_state_dict({name: fixture[name].view_as(own) for name, own in model.state_dict().items()})
    memory_format = torch.channels_last if job["layout"] == "channels_last" else torch.contiguous_format
    model = model.to(memory_format=memory_format)
    x = fixture["x"].contiguous(memory_format=memory_format)
    options = {"fused": True} if job["torchFused"] else {}
    optimizer = torch.optim.SGD(
        model.parameters(), plan["learningRate"], momentum=0.9, weight_decay=5e-4, **options
    )
    pairs = end_points(model, job["setting"])
    losses, ms = [], []
    for step, passes in enumerate(plan["steps"]):
        started = time.perf_counter()
        losses.append(train_step(model, optimizer, level, passes, pairs, x, fixture["y"]))
        if step >= job["warmUp"]:
            ms.append((time.perf_counter() - started) * 1e3)
    print_result({"ms": ms, "losses": losses[:3], "lastLoss": losses[-1]})


main()
