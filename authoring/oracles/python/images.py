"""What the course does to images [N, H, W, 3]: preprocessing, shifts, blur; and gradients."""
import math

import torch

MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
DEVIATION = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)


def preprocess(pixels):
    return (pixels - MEAN) / DEVIATION


def clamp_to_valid(images):
    return preprocess((images * DEVIATION + MEAN).clamp(0, 1))


def shifted(images, down, right):
    return torch.roll(images, (down, right), dims=(1, 2))


def blur(images, sigma):
    """A Gaussian out to four deviations; beyond the border lies the mirror image, the border's own pixels included."""
    radius = math.floor(4 * sigma + 0.5)
    if not sigma > 0 or radius == 0:
        return images
    weights = torch.tensor([math.exp(-0.5 * (i / sigma) ** 2) for i in range(-radius, radius + 1)], dtype=images.dtype)
    weights = weights / weights.sum()
    for axis in (1, 2):
        side = images.shape[axis]
        places = [i if 0 <= i < side else (-1 - i if i < 0 else 2 * side - 1 - i) for i in range(-radius, side + radius)]
        mirrored = images.index_select(axis, torch.tensor(places))
        images = sum(w * mirrored.narrow(axis, i, side) for i, w in enumerate(weights))
    return images


def gradient_of(function, x):
    """The gradient of a scalar function at x, and the scalar."""
    at = x.detach().clone().requires_grad_(True)
    value = function(at)
    (gradient,) = torch.autograd.grad(value, at)
    return gradient, value.detach()


def without_nan(numerator, denominator):
    """The quotient, 0 where the denominator is."""
    safe = torch.where(denominator == 0, torch.ones_like(denominator), denominator)
    return torch.where(denominator == 0, torch.zeros_like(numerator * safe), numerator / safe)


def labelled(scores, labels):
    """Sum over the batch of the scores of the labels."""
    return scores.gather(1, labels.reshape(-1, 1)).sum()
