"""Part C: variants of the saliency map, attribution, activation maximization."""
import torch
import torch.nn.functional as F

from images import blur, gradient_of, labelled, preprocess, shifted
from randomness import Stream, jitter_offsets


def outputs_of(scores, output):
    return {"logit": lambda s: s, "softmax": lambda s: F.softmax(s, 1), "log-softmax": lambda s: F.log_softmax(s, 1)}[output](scores)


def saliency_variant(images, labels, model, options=None):
    options = {"output": "logit", "sign": "absolute", "threshold": 0, **(options or {})}
    smoothing = options.get("smoothing")
    copies = [images]
    if smoothing:
        noise = Stream(smoothing["seed"])
        copies = [
            images + noise.derive(k).normals(images.shape, smoothing["deviation"]) for k in range(smoothing["samples"])
        ]
    gradients = [gradient_of(lambda x: labelled(outputs_of(model.logits(x), options["output"]), labels), copy)[0] for copy in copies]
    gradient = torch.stack(gradients).mean(dim=0)
    maps = gradient.abs().amax(dim=3) if options["sign"] == "absolute" else gradient.sum(dim=3)
    least = options["threshold"] * maps.abs().amax(dim=(1, 2), keepdim=True)
    return torch.where(maps.abs() >= least, maps, torch.zeros_like(maps))


def score_gradient(images, labels, model):
    return gradient_of(lambda x: labelled(model.logits(x), labels), images)[0]


def attribute(images, labels, model, options=None):
    scale = (options or {}).get("scale", 1)
    return score_gradient(scale * images, labels, model).abs().amax(dim=3)


def integrated_gradients(images, labels, model, options=None):
    options = options or {}
    steps = int(options.get("steps", 32))
    baseline = options.get("baseline", torch.zeros_like(images[:1]))
    way = images - baseline
    points = [(k + 0.5) / steps for k in range(steps)]
    return way * sum(score_gradient(baseline + a * way, labels, model) for a in points) / steps


def objective_score(pixels, objective, model):
    images = preprocess(pixels)
    if objective["kind"] == "feature":
        return model.features(images)[objective["layer"]][..., objective["channel"]].mean()
    return outputs_of(model.logits(images), objective["output"])[0, objective["label"]]


def optimizer_step(gradient, state, optimizer):
    t, first, second = int(state["step"]) + 1, state["first"], state["second"]
    rate = optimizer["learningRate"]
    if optimizer["kind"] == "ascent":
        change = rate * gradient
    elif optimizer["kind"] == "momentum":
        first = optimizer["momentum"] * first + gradient
        change = rate * first
    else:
        beta1, beta2 = optimizer["beta1"], optimizer["beta2"]
        first = beta1 * first + (1 - beta1) * gradient
        second = beta2 * second + (1 - beta2) * gradient**2
        change = rate * first / (1 - beta1**t) / ((second / (1 - beta2**t)).sqrt() + optimizer["epsilon"])
    return {"change": change, "state": {"step": t, "first": first, "second": second}}


def penalty(pixels, weights):
    image = preprocess(pixels)
    variation = torch.diff(image, dim=1).square().sum() + torch.diff(image, dim=2).square().sum()
    return weights.get("l2", 0) * image.square().sum() + weights.get("tv", 0) * variation


def maximize(objective, model, options):
    clipped = options["parametrization"] == "clip"
    regularizers = options.get("regularizers", {})
    offsets = jitter_offsets(options.get("seed", "jitter"), int(options["steps"]), regularizers.get("jitter", 0))
    start = options["start"]
    inner = start.clamp(0.02, 0.98)
    z = start if clipped else torch.log(inner / (1 - inner))

    def pixels_of(variable):
        return variable if clipped else torch.sigmoid(variable)

    def score_of(variable):
        return float(objective_score(pixels_of(variable), objective, model))

    def climbed(variable, down, right):
        pixels = pixels_of(variable)
        return objective_score(shifted(pixels, down, right), objective, model) - penalty(pixels, regularizers)

    state = {"step": 0, "first": torch.zeros_like(z), "second": torch.zeros_like(z)}
    scores = [score_of(z)]
    for t, (down, right) in enumerate(offsets, start=1):
        gradient, _ = gradient_of(lambda variable: climbed(variable, down, right), z)
        moved = optimizer_step(gradient, state, options["optimizer"])
        z, state = z + moved["change"], moved["state"]
        if clipped:
            z = z.clamp(0, 1)
        blurring = regularizers.get("blur")
        if blurring and t % blurring["every"] == 0:
            z = blur(z, blurring["sigma"])
        scores.append(score_of(z))
    return {"image": pixels_of(z), "scores": scores}


FUNCTIONS = {
    "saliencyVariant": saliency_variant,
    "attribute": attribute,
    "integratedGradients": integrated_gradients,
    "objectiveScore": objective_score,
    "optimizerStep": optimizer_step,
    "regularizationPenalty": penalty,
    "maximizeActivation": maximize,
}
