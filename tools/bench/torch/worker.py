"""PyTorch side of the benchmark: trains one network and prints one line of JSON.

Argument: the job as JSON. It loads the weights and data that the Node side wrote and brings them to PyTorch's layout.
"""

import json
import sys
import time

try:
    import numpy as np
    import torch
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Run: npm run bench -- --install-torch")

import torch.nn.functional as F
from torch import nn

from fixture import print_result, read_fixture

EVALUATION_BATCH = 1000


class LeNet300100(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 300)
        self.fc2 = nn.Linear(300, 100)
        self.fc3 = nn.Linear(100, 10)

    def forward(self, x):
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, 5)
        self.conv2 = nn.Conv2d(20, 50, 5)
        self.fc1 = nn.Linear(800, 500)
        self.fc2 = nn.Linear(500, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = nn.Sequential()
        if stride != 1 or channels != filters:
            shortcut = nn.Conv2d(channels, filters, 1, stride, bias=False)
            self.downsample = nn.Sequential(shortcut, nn.BatchNorm2d(filters))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.downsample(x))


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*(Block(16, 16, 1) for _ in range(3)))
        self.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
        self.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.fc(x.mean((2, 3)))


NETWORKS = {"lenet-300-100": LeNet300100, "lenet-5": LeNet5, "resnet-20": ResNet20}


def read_idx(path, header):
    return np.fromfile(path, dtype=np.uint8)[header:]


def read_mnist(directory, part):
    """Images uint8 [count, 1, 28, 28] and labels int64 [count]."""
    images = read_idx(f"{directory}/{part}-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)
    labels = read_idx(f"{directory}/{part}-labels-idx1-ubyte", 8).astype(np.int64)
    return torch.from_numpy(images), torch.from_numpy(labels)


def make_optimizer(job, model):
    fused = {"fused": True} if job["torchFused"] else {}
    if job["optimizer"] == "adam":
        return torch.optim.Adam(model.parameters(), job["learningRate"], **fused)
    return torch.optim.SGD(model.parameters(), job["learningRate"], momentum=0.9, **fused)


def train_step(model, optimizer, x, y):
    optimizer.zero_grad()
    logits = model(x)
    loss = F.cross_entropy(logits, y)
    loss.backward()
    optimizer.step()
    return loss, logits


def train_steps(job, model, optimizer, fixture, memory_format):
    x = fixture["x"].contiguous(memory_format=memory_format)
    y = fixture["y"]
    losses, ms = [], []
    for step in range(job["warmUp"] + job["steps"]):
        started = time.perf_counter()
        losses.append(train_step(model, optimizer, x, y)[0].item())
        took = time.perf_counter() - started
        if step >= job["warmUp"]:
            ms.append(took * 1e3)
    return {"ms": ms, "losses": losses[:2], "lastLoss": losses[-1]}


def normalize(images, memory_format):
    """The batch as float32, (pixel / 255 - 0.1307) / 0.3081, as the Node side converts it: when it is needed."""
    x = images.float().mul_(1 / (255 * 0.3081)).sub_(0.1307 / 0.3081)
    return x.contiguous(memory_format=memory_format)


def evaluate(model, images, labels, memory_format):
    model.eval()
    loss, correct = 0.0, 0
    with torch.no_grad():
        for start in range(0, len(labels), EVALUATION_BATCH):
            y = labels[start : start + EVALUATION_BATCH]
            logits = model(normalize(images[start : start + EVALUATION_BATCH], memory_format))
            loss += F.cross_entropy(logits, y, reduction="sum").item()
            correct += (logits.argmax(1) == y).sum().item()
    model.train()
    return loss / len(labels), correct / len(labels)


def train_epoch(job, model, optimizer, images, labels, memory_format):
    order = torch.randperm(len(labels))
    total, correct = 0.0, 0
    for picked in order.split(job["batch"]):
        y = labels[picked]
        loss, logits = train_step(model, optimizer, normalize(images[picked], memory_format), y)
        total += loss.item() * len(y)
        correct += (logits.argmax(1) == y).sum().item()
    return total / len(labels), correct / len(labels)


def train_epochs(job, model, optimizer, _fixture, memory_format):
    torch.manual_seed(0)
    train = read_mnist(job["mnist"], "train")
    test = read_mnist(job["mnist"], "t10k")
    first, _ = evaluate(model, *test, memory_format)
    ms = []
    # The first epoch is the warm-up.
    for epoch in range(1 + job["epochs"]):
        started = time.perf_counter()
        train_epoch(job, model, optimizer, *train, memory_format)
        last, accuracy = evaluate(model, *test, memory_format)
        took = time.perf_counter() - started
        if epoch > 0:
            ms.append(took * 1e3)
    return {"ms": ms, "losses": [first], "lastLoss": last, "accuracy": accuracy}


def main():
    job = json.loads(sys.argv[1])
    if job.get("threads"):
        torch.set_num_threads(job["threads"])
    fixture, _ = read_fixture(job["fixture"])
    model = NETWORKS[job["network"]]()
    weights = {name: value for name, value in fixture.items() if name not in ("x", "y")}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        sys.exit(f"The networks differ: PyTorch lacks values for {missing} and does not know {unexpected}.")
    channels_last = job["layout"] == "channels_last"
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    model = model.to(memory_format=memory_format)
    run = train_epochs if job["benchmark"] == "epoch" else train_steps
    result = run(job, model, make_optimizer(job, model), fixture, memory_format)
    print_result(result)


main()
