#!/usr/bin/env python3
"""Exports torchvision's SqueezeNet 1.0 and 1.1 with seeded weights to ONNX, with PyTorch's own logits and features.

Needs torch, torchvision and onnx, from Debian or PyPI (there onnxscript too). Called by `check-against-torch.ts`.
"""
import json
import sys
import warnings

import torch
import torchvision

warnings.filterwarnings("ignore")


# From 2.9 on another exporter is the default: it writes no older operators, and weights into a second file if it may.
IS_NEW = tuple(int(number) for number in torch.__version__.split(".")[:2]) >= (2, 9)
OPSETS = (18, 20) if IS_NEW else (7, 11, 13, 17)
HOW = {"external_data": False} if IS_NEW else {}


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
    names = {"input_names": ["data"], "output_names": ["scores"]}
    torch.onnx.export(network, picture, path, opset_version=opset, **names, **HOW)
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
    cases = [exported(version, opset, folder) for version in ("1.0", "1.1") for opset in OPSETS]
    with open(f"{folder}/cases.json", "w", encoding="utf8") as file:
        json.dump({"torch": torch.__version__, "cases": cases}, file)


if __name__ == "__main__":
    main()
