/**
 * Numbers as base64 for a page: three bytes each, a float32 without its last eight bits, little-endian. Four and a half
 * digits are left, NaN and infinities as they are.
 */
export function packFloats(numbers: Float32Array): string {
  const packed = Buffer.alloc(3 * numbers.length);
  const four = Buffer.alloc(4);
  numbers.forEach((number, i) => {
    four.writeFloatLE(number);
    four.copy(packed, 3 * i, 1);
  });
  return packed.toString('base64');
}
