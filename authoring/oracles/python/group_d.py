"""Part D: contrastive explanations and minimal changes. Clever Hans, which trains a network, is not computed here."""
import torch.nn.functional as F

from group_a import grad_cam, saliency_maps
from group_c import saliency_variant
from images import clamp_to_valid, gradient_of

SMOOTHING = {"samples": 16, "deviation": 0.35, "seed": "contrast"}


def contrast(images, predicted, actual, model, method, options=None):
    options = options or {}

    def maps_for(labels):
        if method == "saliency":
            return saliency_maps(images, labels, model)
        if method == "grad-cam":
            return grad_cam(images, labels, model, options.get("layer", len(model.modules) - 1))
        return saliency_variant(images, labels, model, {"smoothing": options.get("smoothing", SMOOTHING)})

    of_predicted, of_actual = maps_for(predicted), maps_for(actual)
    return {"predicted": of_predicted, "actual": of_actual, "difference": of_predicted - of_actual}


def minimal_change(image, target, model, options):
    target = int(target)

    def loss(x):
        return -F.log_softmax(model.logits(x), 1)[0, target] + options["penalty"] * ((x - image) ** 2).sum()

    def probabilities_of(x):
        return F.softmax(model.logits(x), 1)[0].detach()

    changed = image
    last = probabilities_of(changed)
    probabilities = [float(last[target])]
    for _ in range(int(options["steps"])):
        changed = clamp_to_valid(changed - options["learningRate"] * gradient_of(loss, changed)[0])
        last = probabilities_of(changed)
        probabilities.append(float(last[target]))
    reached = bool(last[target] == last.max())
    return {"image": changed, "difference": changed - image, "probabilities": probabilities, "reached": reached}


FUNCTIONS = {"contrast": contrast, "minimalChange": minimal_change}
