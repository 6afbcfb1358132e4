"""Part B: the losses of style transfer, and style transfer."""
import torch

from images import gradient_of


def content_loss(weight, current, original):
    return weight * ((current - original) ** 2).sum()


def gram_matrix(features, normalize=True):
    gram = torch.einsum("nhwi,nhwj->nij", features, features)
    return gram / features[0].numel() if normalize else gram


def style_loss(features, layers, targets, weights):
    terms = [w * ((gram_matrix(features[int(l)]) - a) ** 2).sum() for l, a, w in zip(layers, targets, weights)]
    return torch.stack([torch.as_tensor(term) for term in terms]).sum()


def tv_loss(image, weight):
    return weight * (torch.diff(image, dim=1).square().sum() + torch.diff(image, dim=2).square().sum())


def targets_of(content, style, model, options):
    styles = model.features(style)
    return {
        "content": model.features(content)[options["contentLayer"]],
        "styles": [gram_matrix(styles[layer]) for layer in options["styleLayers"]],
    }


def transfer_loss(image, targets, model, options):
    features = model.features(image)
    content = content_loss(options["contentWeight"], features[options["contentLayer"]], targets["content"])
    style = style_loss(features, options["styleLayers"], targets["styles"], options["styleWeights"])
    return content + style + tv_loss(image, options["tvWeight"])


def adam(x, gradient, state, rate):
    """Kingma and Ba 2015, algorithm 1."""
    t = int(state["steps"]) + 1
    mean = 0.9 * state["mean"] + 0.1 * gradient
    square = 0.999 * state["square"] + 0.001 * gradient**2
    moved = x - rate * (mean / (1 - 0.9**t)) / ((square / (1 - 0.999**t)).sqrt() + 1e-8)
    return moved, {"steps": t, "mean": mean, "square": square}


def transfer_step(state, step, targets, model, options):
    schedule, x = options["schedule"], state["image"]
    if step < schedule["clampUntil"]:
        x = x.clamp(-schedule["limit"], schedule["limit"])
    gradient, loss = gradient_of(lambda image: transfer_loss(image, targets, model, options), x)
    rate = schedule["learningRate"] if step < schedule["decayFrom"] else schedule["decayedRate"]
    image, remembered = adam(x, gradient, state["adam"], rate)
    return {"image": image, "adam": remembered, "loss": loss}


def style_transfer(content, style, model, options):
    targets = targets_of(content, style, model, options)
    image = options.get("start", content)
    state = {"image": image, "adam": {"steps": 0, "mean": torch.zeros_like(image), "square": torch.zeros_like(image)}}
    losses = []
    for step in range(int(options["schedule"]["steps"])):
        state = transfer_step(state, step, targets, model, options)
        losses.append(float(state["loss"]))
    return {"image": state["image"], "losses": losses}


FUNCTIONS = {
    "contentLoss": content_loss,
    "gramMatrix": gram_matrix,
    "styleLoss": style_loss,
    "tvLoss": tv_loss,
    "styleTransferTargets": targets_of,
    "styleTransferLoss": transfer_loss,
    "styleTransferStep": transfer_step,
    "styleTransfer": style_transfer,
}
