"""Times PyTorch on SqueezeNet 1.1's forward pass and input gradient; prints JSON.

Arguments: threads, runs. The layers are those of torchvision's network, with PyTorch's own random weights.
"""

import json
import sys
import time

import torch
from torch import nn

threads, runs = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)


class Fire(nn.Module):
    def __init__(self, inputs, squeezed, expanded):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeezed, 1)
        self.ones = nn.Conv2d(squeezed, expanded, 1)
        self.threes = nn.Conv2d(squeezed, expanded, 3, padding=1)

    def forward(self, x):
        x = torch.relu(self.squeeze(x))
        return torch.cat([torch.relu(self.ones(x)), torch.relu(self.threes(x))], 1)


def pool():
    return nn.MaxPool2d(3, 2, ceil_mode=True)


network = nn.Sequential(
    nn.Conv2d(3, 64, 3, stride=2), nn.ReLU(), pool(),
    Fire(64, 16, 64), Fire(128, 16, 64), pool(),
    Fire(128, 32, 128), Fire(256, 32, 128), pool(),
    Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256),
    nn.Conv2d(512, 1000, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
)  # fmt: skip
for parameter in network.parameters():
    parameter.requires_grad_(False)


def forward(x):
    with torch.no_grad():
        network(x).numpy()


def gradient(x):
    x = x.clone().requires_grad_(True)
    network(x)[0, 7].backward()
    x.grad.numpy()


samples = []
for size in (224, 64):
    image = torch.randn(1, 3, size, size)
    for name, run in (("forward", forward), ("forward + input gradient", gradient)):
        run(image)
        run(image)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            run(image)
            times.append((time.perf_counter() - start) * 1000)
        samples.append({"name": f"squeezenet 1.1 {name} {size}", "times": times})

print(json.dumps({"samples": samples, "version": torch.__version__}))
