"""PyTorch side of the loader benchmark: passes of a DataLoader over image files; prints one line of JSON.

Argument: the job as JSON.
"""

import json
import os
import resource
import sys
import time

try:
    import torch
    from torch.utils.data import DataLoader

    from import_torchvision import import_torchvision

    torchvision = import_torchvision()
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Set PARE_BENCH_PYTHON to a Python with torch, torchvision and pillow.")

from torchvision import datasets, transforms


def cpu_seconds():
    """Of this process and of its children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main():
    job = json.loads(sys.argv[1])
    transform = transforms.Compose(
        [
            transforms.RandomResizedCrop(job["size"]),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        ]
    )
    loader = DataLoader(
        datasets.ImageFolder(os.path.join(job["directory"], "train"), transform),
        batch_size=job["batch"],
        shuffle=True,
        num_workers=job["workers"],
        persistent_workers=True,
    )
    rates = []
    before = cpu_seconds()
    for _ in range(job["passes"] + 1):
        start = time.perf_counter()
        images = sum(len(labels) for _, labels in loader)
        rates.append(images / (time.perf_counter() - start))
    total = len(loader.dataset) * (job["passes"] + 1)
    # The workers end with the loader.
    del loader
    cpu_ms = 1000 * (cpu_seconds() - before) / total
    runtime = f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}"
    print(json.dumps({"rates": rates[1:], "cpuMs": cpu_ms, "runtime": runtime}))


main()
