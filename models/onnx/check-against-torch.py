#!/usr/bin/env python3
"""Exports torchvision's SqueezeNet 1.0 and 1.1 with seeded weights to ONNX, with PyTorch's own logits and features.

Needs Debian's python3-torch, python3-torchvision and python3-onnx. Called by `check-against-torch.ts`.
"""
import json
import sys
import warnings

import torch
import torchvision

warnings.filterwarnings("ignore")


def exported(version: str, opset: int, folder: str) -> dict:
    torch.manual_seed(2016)
    build = torchvision.models.squeezenet1_0 if version == "1.0" else torchvision.models.squeezenet1_1
    network = build(weights=None).eval()
    for name, parameter in network.named_parameters():
        if name.endswith("bias"):
            # torchvision starts biases at zero, which would not show one that was lost.
            torch.nn.init.normal_(parameter, std=0.05)
        elif name.startswith("classifier"):
            # It starts the scores so small that 1e-3 would tell nothing.
            torch.nn.init.normal_(parameter, std=0.5)
    picture = torch.randn(1, 3, 224, 224)
    path = f"{folder}/squeezenet{version}-opset{opset}.onnx"
    torch.onnx.export(network, picture, path, opset_version=opset, input_names=["data"], output_names=["scores"])
    features = []
    activation = picture
    with torch.no_grad():
        for module in network.features:
            activation = module(activation)
            features.append({"shape": list(activation.shape), "mean": activation.mean().item()})
        logits = network(picture)[0].tolist()
    channels_last = picture.permute(0, 2, 3, 1).contiguous().numpy()
    channels_last.astype("<f4").tofile(f"{path}.picture")
    return {"version": version, "opset": opset, "path": path, "logits": logits, "features": features}


def main() -> None:
    folder = sys.argv[1]
    cases = [exported(version, opset, folder) for version in ("1.0", "1.1") for opset in (7, 11, 13, 17)]
    with open(f"{folder}/cases.json", "w", encoding="utf8") as file:
        json.dump({"torch": torch.__version__, "cases": cases}, file)


if __name__ == "__main__":
    main()
