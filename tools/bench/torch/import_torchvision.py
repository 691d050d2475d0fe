"""Imports torchvision, also one that was built for another PyTorch."""

import sys

import torch


def import_torchvision():
    """The package; its native operators may be missing, which transforms and data sets do not need."""
    try:
        import torchvision
    except RuntimeError:
        for name in [name for name in sys.modules if name.startswith("torchvision")]:
            del sys.modules[name]
        for name in ("nms", "qnms"):
            schema = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
            torch.library.define(f"torchvision::{name}", schema)
        import torchvision
    return torchvision
