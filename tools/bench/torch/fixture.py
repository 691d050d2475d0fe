"""The tensors that the Node side wrote, in PyTorch's layout, and what workers tell about themselves."""

import json
import sys

import numpy as np
import torch


def to_torch_layout(entry, values):
    """Values of a tensor of the Node side, rearranged to PyTorch's order of axes."""
    values = values.reshape(entry["shape"])
    if entry["layout"] == "nhwc":
        return values.transpose(0, 3, 1, 2)
    if entry["layout"] == "hwio":
        return values.transpose(3, 2, 0, 1)
    if entry["layout"] == "io" and entry["flattened"]:
        # PyTorch flattens an image channel by channel, the Node side pixel by pixel.
        image = values.reshape(*entry["flattened"], -1)
        return image.transpose(3, 2, 0, 1).reshape(image.shape[3], -1)
    return values.T if entry["layout"] == "io" else values


def read_fixture(path):
    """Tensors by name, and what else the Node side says."""
    with open(path + ".json", encoding="utf8") as file:
        facts = json.load(file)
    words = np.fromfile(path + ".bin", dtype="<f4")
    tensors = {}
    for entry in facts["tensors"]:
        values = words[entry["offset"] : entry["offset"] + entry["length"]]
        if entry["dtype"] == "int32":
            values = values.view("<i4").astype(np.int64)
        tensors[entry["name"]] = torch.from_numpy(to_torch_layout(entry, values).copy())
    return tensors, facts


def peak_rss_mb():
    try:
        import resource
    except ImportError:
        return None  # Windows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def print_result(measured):
    """Prints the one line that the benchmark reads."""
    facts = {
        "peakRssMb": peak_rss_mb(),
        "threads": torch.get_num_threads(),
        "runtime": f"{torch.__version__}, Python {sys.version.split()[0]}",
    }
    print(json.dumps({**measured, **facts}))
