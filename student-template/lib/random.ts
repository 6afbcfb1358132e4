/** A reproducible stream of random numbers: the same seed gives the same numbers on every machine. */
export interface RandomStream {
  /** A 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [min, max); default [0, 1). */
  uniform(min?: number, max?: number): number;
  /** A whole number, uniform in [min, max]. */
  integer(min: number, max: number): number;
  /** Normally distributed with the given mean and standard deviation; default 0 and 1. */
  normal(mean?: number, deviation?: number): number;
  /** `length` normally distributed float32 numbers. */
  normals(length: number, mean?: number, deviation?: number): Float32Array;
  /** `length` float32 numbers, uniform in [min, max). */
  uniforms(length: number, min?: number, max?: number): Float32Array;
  /** A new stream that depends on this one's seed and the given name only. */
  derive(name: string | number): RandomStream;
}

/** Four well-mixed 32-bit words from a text (MurmurHash3's block and finalisation constants). */
function hashWords(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  for (let lane = 0; lane < 4; lane++) {
    let h = words[lane];
    for (let i = 0; i < text.length; i++) {
      let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
      k = (k << 15) | (k >>> 17);
      h ^= Math.imul(k, 0x1b873593);
      h = (h << 13) | (h >>> 19);
      h = (Math.imul(h, 5) + 0xe6546b64) | 0;
    }
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    words[lane] = (h ^ (h >>> 16)) >>> 0;
  }
  return words;
}

/**
 * A stream for the given seed: sfc32 (Doty-Humphrey's small fast counting generator), its state hashed from the
 * seed's text. Normal numbers by the polar method of Marsaglia and Bray (1964).
 */
export function randomStream(seed: string | number): RandomStream {
  const name = String(seed);
  let [a, b, c, counter] = hashWords(name);
  let spare: number | undefined;

  const uint32 = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();

  const unit = (): number => (uint32() * 0x200000 + (uint32() >>> 11)) / 2 ** 53;
  const uniform = (min = 0, max = 1): number => min + (max - min) * unit();
  const normal = (mean = 0, deviation = 1): number => {
    if (spare !== undefined) {
      const z = spare;
      spare = undefined;
      return mean + deviation * z;
    }
    for (;;) {
      const u = uniform(-1, 1);
      const v = uniform(-1, 1);
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return mean + deviation * u * scale;
    }
  };
  return {
    uint32,
    uniform,
    integer: (min, max) => min + Math.floor(unit() * (max - min + 1)),
    normal,
    normals: (length, mean, deviation) => Float32Array.from({ length }, () => normal(mean, deviation)),
    uniforms: (length, min, max) => Float32Array.from({ length }, () => uniform(min, max)),
    derive: (child) => randomStream(`${name}/${child}`),
  };
}
