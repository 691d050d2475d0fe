"""Layers of LCS in PyTorch: slimmable, sparse and quantized convolutions, and norms and convolutions on a line.

They run as the method's paper has it: every forward pass cuts, interpolates, prunes or quantizes its weights anew. Of several
ways to compute the same, the one that is fastest on a CPU was taken.
"""

import torch
import torch.nn.functional as F
from torch import nn


class Level:
    """What a forward pass is run at; all layers of a network read the same one."""

    def __init__(self):
        self.alpha = 1.0
        # Share of the channels.
        self.width = 1.0
        # Number of weights that are zero, by layer.
        self.zeros = {}
        self.bits = 8


def between(alpha, first, second):
    """The point of the line; one pass over the weights."""
    return torch.lerp(first, second, alpha)


class Conv(nn.Module):
    """Convolution without bias; `weight_at` is what it computes with."""

    def __init__(self, level, inputs, outputs, kernel=1, stride=1):
        super().__init__()
        self.level = level
        self.stride = stride
        self.padding = (kernel - 1) // 2
        self.weight = nn.Parameter(torch.empty(outputs, inputs, kernel, kernel))

    def weight_at(self, _x):
        return self.weight

    def forward(self, x):
        return F.conv2d(x, self.weight_at(x), None, self.stride, self.padding)


class SlimConv(Conv):
    """Its first channels: those that come in, and a share of those that go out."""

    def weight_at(self, x):
        outputs = max(1, round(self.weight.shape[0] * self.level.width))
        return self.weight[:outputs, : x.shape[1]]


class LastSlimConv(Conv):
    def weight_at(self, x):
        return self.weight[:, : x.shape[1]]


class LineConv(Conv):
    def __init__(self, level, inputs, outputs, kernel=1, stride=1):
        super().__init__(level, inputs, outputs, kernel, stride)
        self.weight1 = nn.Parameter(torch.empty_like(self.weight))

    def weight_at(self, _x):
        return between(self.level.alpha, self.weight, self.weight1)


class SparseLineConv(LineConv):
    """Keeps the weights of the largest magnitudes."""

    def weight_at(self, x):
        weight = super().weight_at(x)
        zeros = self.level.zeros[self.name]
        if zeros == 0:
            return weight
        magnitudes = weight.detach().abs()
        return weight * (magnitudes > magnitudes.flatten().kthvalue(zeros).values)


class Quantize(torch.autograd.Function):
    """Levels of an affine quantizer, counted from the one of 0; the gradient passes unchanged."""

    @staticmethod
    def forward(ctx, x, scale, first, last):
        return x.mul(1 / scale).round_().clamp_(first, last).mul_(scale)

    @staticmethod
    def backward(ctx, gradient):
        return gradient, None, None, None


def quantize(x, least, greatest, bits):
    if least == greatest:
        return x * 0
    lowest, highest = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    scale = (greatest - least) / (highest - lowest)
    zero = min(max(round(lowest - least / scale), lowest), highest)
    return Quantize.apply(x, scale, lowest - zero, highest - zero)


def own_range(x):
    x = x.detach()
    # `aminmax` first copies a tensor whose axes are not in order.
    least, greatest = torch.aminmax(x if x.is_contiguous() else x.permute(0, 2, 3, 1))
    return min(least.item(), 0.0), max(greatest.item(), 0.0)


class QuantizedLineConv(LineConv):
    """Quantizes its weight with the weight's own range, its input with a running mean of the ranges of batches."""

    def __init__(self, *shape, **options):
        super().__init__(*shape, **options)
        self.range = None

    def weight_at(self, x):
        weight = super().weight_at(x)
        return quantize(weight, *own_range(weight), self.level.bits)

    def forward(self, x):
        now = own_range(x)
        old = self.range or now
        self.range = tuple(0.9 * a + 0.1 * b for a, b in zip(old, now))
        return super().forward(quantize(x, *self.range, self.level.bits))


class LineNorm(nn.Module):
    """Group norm on a line. With as many groups as channels it is instance norm, on a CPU faster than `F.instance_norm`."""

    def __init__(self, level, channels, groups):
        super().__init__()
        self.level = level
        self.groups = groups
        for name in ("weight", "bias", "weight1", "bias1"):
            self.register_parameter(name, nn.Parameter(torch.empty(channels)))

    def forward(self, x):
        channels = x.shape[1]
        alpha = self.level.alpha
        weight = between(alpha, self.weight[:channels], self.weight1[:channels])
        bias = between(alpha, self.bias[:channels], self.bias1[:channels])
        return F.group_norm(x, min(self.groups, channels), weight, bias)
