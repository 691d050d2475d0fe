"""cPreResNet20 of LCS in PyTorch: a pre-activation ResNet with bottlenecks, for images of 32 x 32."""

import torch.nn.functional as F
from torch import nn

from lcs_layers import LastSlimConv, LineConv, LineNorm, QuantizedLineConv, SlimConv, SparseLineConv

# Convolutions of a setting (first, in blocks, last) and most groups of its norms.
LAYERS = {
    "structured": (SlimConv, SlimConv, LastSlimConv, 256),
    "unstructured": (LineConv, SparseLineConv, LineConv, 32),
    "quantized": (LineConv, QuantizedLineConv, LineConv, 32),
}


class Bottleneck(nn.Module):
    """Norms before the convolutions; behind them in the quantized network, whose first ReLU acts on the shortcut too."""

    def __init__(self, conv, norm, inputs, planes, stride, norms_behind):
        super().__init__()
        self.norms_behind = norms_behind
        outputs = 4 * planes
        widths = (planes, planes, outputs) if norms_behind else (inputs, planes, planes)
        self.bn1, self.bn2, self.bn3 = (norm(channels) for channels in widths)
        self.conv1 = conv(inputs, planes)
        self.conv2 = conv(planes, planes, kernel=3, stride=stride)
        self.conv3 = conv(planes, outputs)
        self.downsample = nn.Sequential()
        if stride != 1 or inputs != outputs:
            shortcut = [conv(inputs, outputs, stride=stride)]
            self.downsample = nn.Sequential(*shortcut, *([norm(outputs)] if norms_behind else []))

    def forward(self, x):
        return self.behind(x) if self.norms_behind else self.before(x)

    def before(self, x):
        y = self.conv1(F.relu_(self.bn1(x)))
        y = self.conv2(F.relu_(self.bn2(y)))
        y = self.conv3(F.relu_(self.bn3(y)))
        return y.add_(self.downsample(x))

    def behind(self, x):
        x = F.relu(x)
        y = F.relu_(self.bn1(self.conv1(x)))
        y = F.relu_(self.bn2(self.conv2(y)))
        return self.bn3(self.conv3(y)).add_(self.downsample(x))


class CPreResNet20(nn.Module):
    def __init__(self, setting, level):
        super().__init__()
        first, middle, last, groups = LAYERS[setting]
        norm = lambda channels: LineNorm(level, channels, min(groups, channels))
        conv = lambda *shape, **options: middle(level, *shape, **options)
        behind = setting == "quantized"
        stage = lambda inputs, planes, stride: nn.Sequential(
            Bottleneck(conv, norm, inputs, planes, stride, behind),
            Bottleneck(conv, norm, 4 * planes, planes, 1, behind),
        )
        self.conv1 = first(level, 3, 16, kernel=3)
        self.layer1 = stage(16, 16, 1)
        self.layer2 = stage(64, 32, 2)
        self.layer3 = stage(128, 64, 2)
        self.bn = norm(256)
        self.fc = last(level, 256, 10)
        for name, module in self.named_modules():
            module.name = name

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.conv1(x))))
        return self.fc(F.avg_pool2d(F.relu_(self.bn(x)), 8)).flatten(1)
