"""Part A: saliency maps, Grad-CAM, guided backpropagation, class visualization."""
import torch
import torch.nn.functional as F

from images import blur, clamp_to_valid, gradient_of, labelled, shifted, without_nan
from networks import GuidedRelu, channels_first
from randomness import Stream, jitter_offsets


def saliency_maps(images, labels, model):
    gradient, _ = gradient_of(lambda x: labelled(model.logits(x), labels), images)
    return gradient.abs().amax(dim=3)


def grad_cam(images, labels, model, layer):
    layer = int(layer)
    activation = model.features(images)[layer]
    gradient, _ = gradient_of(lambda a: labelled(model.from_features(a, layer), labels), activation)
    maps = (activation * gradient.mean(dim=(1, 2), keepdim=True)).sum(dim=3, keepdim=True).clamp(min=0)
    size = tuple(images.shape[1:3])
    large = F.interpolate(channels_first(maps), size=size, mode="bilinear", align_corners=False)[:, 0]
    return without_nan(large, large.amax(dim=(1, 2), keepdim=True))


def guided_backprop(images, labels, model):
    def relu(x):
        return GuidedRelu.apply(model.gates.see(x))

    return gradient_of(lambda x: labelled(model.logits(x, relu), labels), images)[0]


LARGE = dict(l2Reg=1e-3, learningRate=25, iterations=100, blurEvery=10, blurSigma=0.5, maxJitter=16)
SMALL = dict(l2Reg=1e-5, learningRate=40, iterations=100, blurEvery=1, blurSigma=0.7, maxJitter=9)


def settings_for(model, options):
    defaults = SMALL if model.input_size < 200 else LARGE
    return {**defaults, "seed": "class visualization", **(options or {})}


def class_visualization_step(image, target, model, options=None):
    settings = settings_for(model, options)
    target = int(target)

    def objective(x):
        return model.logits(x)[0, target] - settings["l2Reg"] * (x**2).sum()

    gradient, _ = gradient_of(objective, image)
    return image + without_nan(settings["learningRate"] * gradient, gradient.norm())


def climb(target, model, options=None):
    """All images of a class visualization, one after each iteration, the start before."""
    settings = settings_for(model, options)
    side, seed, count = model.input_size, settings["seed"], int(settings["iterations"])
    image = settings.get("start")
    if image is None:
        image = Stream(seed).derive("start").normals((1, side, side, 3), 1)
    images = [image]
    for t, (down, right) in enumerate(jitter_offsets(seed, count, int(settings["maxJitter"]))):
        image = class_visualization_step(shifted(image, down, right), target, model, settings)
        image = clamp_to_valid(shifted(image, -down, -right))
        if t % settings["blurEvery"] == 0:
            image = blur(image, settings["blurSigma"])
        images.append(image)
    return images


def class_visualization(target, model, options=None):
    return climb(target, model, options)[-1]


def watched_climb(target, model, options=None):
    pictures = climb(target, model, options)[1:]
    return {"pictures": torch.cat(pictures), "iterations": torch.arange(len(pictures))}


FUNCTIONS = {
    "computeSaliencyMaps": saliency_maps,
    "gradCam": grad_cam,
    "guidedBackprop": guided_backprop,
    "classVisualizationStep": class_visualization_step,
    "createClassVisualization": class_visualization,
    "watchedClimb": watched_climb,
}
