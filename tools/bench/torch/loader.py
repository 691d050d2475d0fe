"""PyTorch side of the loader benchmark: passes of a DataLoader over images in memory; prints one line of JSON.

Argument: the job as JSON. Images are arrays that torchvision transforms one by one, as its CIFAR10 does.
"""

import json
import sys
import time

try:
    import numpy as np
    import torch
    from PIL import Image
    from torch.utils.data import DataLoader, Dataset

    from import_torchvision import import_torchvision
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Set PARE_BENCH_PYTHON to a Python with torch, torchvision and pillow.")


transforms = import_torchvision().transforms


class Images(Dataset):
    def __init__(self, count):
        self.data = np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)
        self.transform = transforms.Compose(
            [
                transforms.RandomCrop(32, padding=4),
                transforms.RandomHorizontalFlip(),
                transforms.ToTensor(),
                transforms.Normalize((0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616)),
            ]
        )

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index])), index % 10


def main():
    job = json.loads(sys.argv[1])
    loader = DataLoader(
        Images(job["images"]),
        batch_size=job["batchSize"],
        shuffle=True,
        num_workers=job["workers"],
        persistent_workers=True,
    )
    seconds = []
    for _ in range(job["rounds"] + 1):
        start = time.perf_counter()
        for images, labels in loader:
            pass
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds[1:]}))


main()
