#!/usr/bin/env python3
"""Carries out call plans in PyTorch, in double precision, independently of the reference.

Reads FOLDER/plan.json and FOLDER/tensors.safetensors, writes FOLDER/results.json and FOLDER/results.safetensors.
Each call is made as often as the plan says: with the tensors as they are, then with every input, weight and activation
moved by a rounding error of float32, which shows how far rounding alone can carry a result, and which ReLUs it flips.
"""
import json
import sys

import torch

import group_a
import group_b
import group_c
import group_d
import networks
from tensor_files import read_tensors, write_tensors

FUNCTIONS = {**group_a.FUNCTIONS, **group_b.FUNCTIONS, **group_c.FUNCTIONS, **group_d.FUNCTIONS}
SMALL_NETWORKS = {
    "linearClassifier": networks.linear,
    "oneConvolution": networks.one_convolution,
    "twoLayerRelu": networks.two_layers,
}


class Run:
    """The calls of one case, with the tensors as they are or moved."""

    def __init__(self, plan, tensors, case, variant):
        self.plan, self.tensors, self.case = plan, tensors, case
        self.rounding = networks.Rounding(plan["rounding"] if variant > 0 else 0, variant)
        self.gates = networks.Gates(self.rounding)
        self.known, self.results = {}, {}

    def once(self, key, make):
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def value(self, argument):
        ((kind, what),) = argument.items()
        if kind in ("number", "json"):
            return what
        if kind == "tensor":
            return self.once(what, lambda: self.rounding(self.tensors[f"{self.case['id']}/{what}"]))
        if kind == "list":
            return [self.value(item) for item in what]
        if kind == "record":
            return {key: self.value(item) for key, item in what.items()}
        if kind == "result":
            found = self.results[what["call"]]
            for key in what.get("path", []):
                found = found[key]
            return found
        return self.once(json.dumps(what), lambda: self.given(what))

    def given(self, what):
        name, args = what["export"], what["args"]
        if name in ("activationAt", "activationsUpTo"):
            images, model, layer = (self.value(argument) for argument in args)
            found = [activation.detach() for activation in model.features(images)[: int(layer) + 1]]
            return found[-1] if name == "activationAt" else found
        if name in SMALL_NETWORKS:
            return SMALL_NETWORKS[name](self.gates, *(self.value(argument) for argument in args))
        weights, metadata = read_tensors(f"{self.plan['template']}/{args[0]['weights']}")
        return networks.squeezenet(self.gates, {key: self.rounding(tensor) for key, tensor in weights.items()}, metadata)

    def make(self, call):
        args = [self.value(argument) for argument in call["args"]]
        function = FUNCTIONS[call["export"]]
        gradient = call.get("gradient")
        if gradient is None:
            return function(*args), None
        path = [gradient["argument"], *gradient.get("path", [])]
        holder = args
        for key in path[:-1]:
            if isinstance(holder[key], list):
                holder[key] = list(holder[key])
            holder = holder[key]
        at = holder[path[-1]].detach().clone().requires_grad_(True)
        holder[path[-1]] = at
        value = function(*args)
        (slope,) = torch.autograd.grad(value.sum(), at, allow_unused=True)
        return value, torch.zeros_like(at) if slope is None else slope

    def all(self):
        made = {}
        for call in self.case["calls"]:
            self.gates.masks = []
            value, slope = self.make(call)
            self.results[call["id"]] = value
            made[call["id"]] = (value, slope, self.gates.masks)
        return made


def stored(name, value, tensors):
    """A value as the grader writes values down, its tensors under names of their own."""
    if isinstance(value, torch.Tensor):
        tensors[name] = value
        return {"tensor": name}
    if isinstance(value, bool):
        return {"boolean": value}
    if isinstance(value, (int, float)):
        return {"number": value}
    if isinstance(value, dict):
        return {"record": {key: stored(f"{name}.{key}", item, tensors) for key, item in value.items()}}
    return {"list": [stored(f"{name}.{i}", item, tensors) for i, item in enumerate(value)]}


def main():
    folder = sys.argv[1]
    torch.set_default_dtype(torch.float64)
    with open(f"{folder}/plan.json", encoding="utf8") as file:
        plan = json.load(file)
    inputs, _ = read_tensors(f"{folder}/tensors.safetensors")
    tensors, cases = {}, []
    for number, case in enumerate(plan["cases"]):
        runs = [Run(plan, inputs, case, variant) for variant in range(1 + plan["variants"])]
        made = [run.all() for run in runs]
        calls = {}
        for call in case["calls"]:
            of_call, flips = [], 0
            for variant, results in enumerate(made):
                value, slope, masks = results[call["id"]]
                flips = max(flips, networks.flips(made[0][call["id"]][2], masks))
                name = f"{case['id']}/{call['id']}/{variant}"
                if slope is not None:
                    tensors[f"{name}#gradient"] = slope
                gradient = {} if slope is None else {"gradient": f"{name}#gradient"}
                of_call.append({"value": stored(name, value, tensors), **gradient})
            gates = sum(len(mask) for mask in made[0][call["id"]][2])
            calls[call["id"]] = {"runs": of_call, "gates": gates, "flips": flips}
        cases.append({"id": case["id"], "calls": calls})
        print(f"{number + 1} {case['id']}", file=sys.stderr, flush=True)
    write_tensors(f"{folder}/results.safetensors", tensors)
    with open(f"{folder}/results.json", "w", encoding="utf8") as file:
        json.dump({"torch": torch.__version__, "cases": cases}, file)


if __name__ == "__main__":
    main()
