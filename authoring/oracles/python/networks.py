"""The networks of the assignment in PyTorch. Images and activations come and go as [N, H, W, C]; inside it is [N, C, H, W]."""
import torch
import torch.nn.functional as F


class Rounding:
    """Moves values by a share at most as large as `share`, as rounding would; the same seed moves them alike."""

    def __init__(self, share, seed):
        self.share = share
        self.random = torch.Generator().manual_seed(seed)

    def __call__(self, x):
        if self.share == 0 or not x.is_floating_point():
            return x
        unit = 2 * torch.rand(x.shape, generator=self.random, dtype=x.dtype) - 1
        return x * (1 + self.share * unit)


class Gates:
    """Sees what goes into ReLUs, rounds it, and remembers which of them let through, pass after pass."""

    def __init__(self, rounding):
        self.rounding = rounding
        self.masks = []

    def see(self, x):
        """What arrives at the ReLU; the gradient on its way back is rounded, too. Rounding breaks ties that pools meet."""
        rounded = self.rounding(x)
        if rounded.requires_grad and self.rounding.share > 0:
            rounded.register_hook(self.rounding)
        self.masks.append((rounded.detach() > 0).flatten())
        return rounded


def flips(masks, others):
    """How many ReLUs are in another state in one run than in another of the same."""
    return sum(int((a != b).sum()) for a, b in zip(masks, others))


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def filters_first(weight):
    """[height, width, in, out] to [out, in, height, width]."""
    return weight.permute(3, 2, 0, 1).contiguous()


class Network:
    """A chain of modules, each a feature, and what makes scores of the last one."""

    def __init__(self, modules, score, input_size, gates):
        self.modules, self.score, self.input_size, self.gates = modules, score, input_size, gates

    def plain_relu(self, x):
        return F.relu(self.gates.see(x))

    def logits(self, images, relu=None):
        return self.from_features(images, -1, relu)

    def features(self, images):
        x, found = channels_first(images), []
        for module in self.modules:
            x = module(x, self.plain_relu)
            found.append(channels_last(x))
        return found

    def from_features(self, activation, index, relu=None):
        relu = relu or self.plain_relu
        x = channels_first(activation)
        for module in self.modules[index + 1 :]:
            x = module(x, relu)
        return self.score(x, relu)


def linear(gates, weights):
    height, width, channels, classes = weights.shape

    def score(x, _relu):
        return channels_last(x).reshape(-1, height * width * channels) @ weights.reshape(-1, classes)

    return Network([lambda x, _relu: x], score, height, gates)


def one_convolution(gates, filters, dense):
    kernel, padding = filters_first(filters), filters.shape[0] // 2
    return Network(
        [lambda x, relu: relu(F.conv2d(x, kernel, padding=padding))],
        lambda x, _relu: x.mean(dim=(2, 3)) @ dense,
        16,
        gates,
    )


def two_layers(gates, hidden, output, bias=None):
    height, width, channels, units = hidden.shape

    def first(x, relu):
        sums = channels_last(x).reshape(-1, height * width * channels) @ hidden.reshape(-1, units)
        return relu(sums if bias is None else sums + bias).reshape(-1, units, 1, 1)

    return Network([first], lambda x, _relu: x.flatten(1) @ output, height, gates)


# The modules of torchvision's SqueezeNet, written down from the paper and its two versions.
LAYOUTS = {
    "1.0": "convolution relu pool fire fire fire pool fire fire fire fire pool fire",
    "1.1": "convolution relu pool fire fire pool fire fire pool fire fire fire fire",
}


def squeezenet(gates, weights, metadata):
    version = "1.0" if "features.5.squeeze.weight" in weights else "1.1"
    kernels = {k: filters_first(w) for k, w in weights.items() if k.endswith(".weight")}

    def convolution(name, **how):
        return lambda x: F.conv2d(x, kernels[f"{name}.weight"], weights[f"{name}.bias"], **how)

    def module(kind, index):
        name = f"features.{index}"
        if kind == "convolution":
            plain = convolution(name, stride=2)
            return lambda x, _relu: plain(x)
        if kind == "relu":
            return lambda x, relu: relu(x)
        if kind == "pool":
            return lambda x, _relu: F.max_pool2d(x, 3, 2, ceil_mode=True)
        squeeze = convolution(f"{name}.squeeze")
        expand = [convolution(f"{name}.expand1x1"), convolution(f"{name}.expand3x3", padding=1)]

        def fire(x, relu):
            squeezed = relu(squeeze(x))
            return torch.cat([relu(one(squeezed)) for one in expand], dim=1)

        return fire

    modules = [module(kind, index) for index, kind in enumerate(LAYOUTS[version].split())]
    scores = convolution("classifier.1")
    size = int(metadata["inputSize"])
    return Network(modules, lambda x, relu: relu(scores(x)).mean(dim=(2, 3)), size, gates)


class GuidedRelu(torch.autograd.Function):
    """Springenberg et al. 2015: back go positive gradients alone, where the input was positive."""

    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(context, gradient):
        (x,) = context.saved_tensors
        return torch.where(x > 0, gradient.clamp(min=0), torch.zeros_like(gradient))
