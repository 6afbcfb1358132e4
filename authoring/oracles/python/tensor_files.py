"""Reading and writing safetensors: a length, a JSON header, values."""
import json
import math

import numpy
import torch

TYPES = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I32": "<i4", "BOOL": "u1"}


def read_tensors(path):
    """Tensors by name, floating-point numbers as float64 and others as int64, and the texts of the file."""
    with open(path, "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[start:end], TYPES[entry["dtype"]])
        wide = values.astype(numpy.float64 if entry["dtype"].startswith("F") else numpy.int64)
        tensors[name] = torch.from_numpy(wide).reshape(entry["shape"])
    return tensors, metadata


def write_tensors(path, tensors):
    """Writes tensors as float64's nearest float32, which is what they are compared with."""
    header, parts, end = {}, [], 0
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float64).contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + len(values)]}
        assert len(values) == 4 * math.prod(tensor.shape)
        end += len(values)
        parts.append(values)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))
