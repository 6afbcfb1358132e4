"""The course's random numbers: sfc32, seeded by a hash of a text, and Marsaglia's polar method."""
import math

import numpy
import torch

MASK = 0xFFFFFFFF


def hashed(text, lane):
    # JavaScript's strings are of 16-bit units.
    data = text.encode("utf-16-le")
    h = lane
    for at in range(0, len(data), 2):
        k = (data[at] | data[at + 1] << 8) * 0xCC9E2D51 & MASK
        k = (k << 15 | k >> 17) & MASK
        h ^= k * 0x1B873593 & MASK
        h = (h << 13 | h >> 19) & MASK
        h = (h * 5 + 0xE6546B64) & MASK
    h ^= h >> 16
    h = h * 0x85EBCA6B & MASK
    h ^= h >> 13
    h = h * 0xC2B2AE35 & MASK
    return h ^ h >> 16


class Stream:
    def __init__(self, seed):
        self.name = str(seed)
        lanes = (0x9E3779B9, 0x243F6A88, 0xB7E15162, 0xDEADBEEF)
        self.state = [hashed(self.name, lane) for lane in lanes]
        self.spare = None
        for _ in range(12):
            self.word()

    def derive(self, child):
        return Stream(f"{self.name}/{child}")

    def word(self):
        a, b, c, counter = self.state
        t = (a + b + counter) & MASK
        rotated = (c << 21 | c >> 11) & MASK
        self.state = [b ^ b >> 9, (c + (c << 3)) & MASK, (rotated + t) & MASK, (counter + 1) & MASK]
        return t

    def unit(self):
        high = self.word()
        return (high * 0x200000 + (self.word() >> 11)) / 2**53

    def integer(self, low, high):
        return low + math.floor(self.unit() * (high - low + 1))

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            u, v = 2 * self.unit() - 1, 2 * self.unit() - 1
            s = u * u + v * v
            if 0 < s < 1:
                scale = math.sqrt(-2 * math.log(s) / s)
                self.spare = v * scale
                return u * scale

    def normals(self, shape, deviation):
        count = math.prod(shape)
        values = numpy.array([deviation * self.normal() for _ in range(count)], dtype=numpy.float32)
        return torch.from_numpy(values.astype(numpy.float64)).reshape(shape)


def jitter_offsets(seed, count, largest):
    stream = Stream(seed).derive("jitter")
    return [(stream.integer(-largest, largest), stream.integer(-largest, largest)) for _ in range(count)]
