import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../grader/format/safetensors.ts';
import { sizeOf, type TensorData } from '../../grader/format/tensor-data.ts';

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const tensor: fc.Arbitrary<TensorData> = shape.chain((sides) => {
  const length = sizeOf(sides);
  const exactly = { minLength: length, maxLength: length };
  return fc.oneof(
    fc
      .float32Array(exactly)
      .map((data): TensorData => ({ dtype: 'float32', shape: sides, data: Float32Array.from(data) })),
    fc
      .int32Array(exactly)
      .map((data): TensorData => ({ dtype: 'int32', shape: sides, data: Int32Array.from(data) })),
    fc
      .uint8Array({ ...exactly, max: 1 })
      .map((data): TensorData => ({ dtype: 'bool', shape: sides, data: Uint8Array.from(data) })),
  );
});
const names = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((name) => name !== '__metadata__' && name !== '__proto__');

/** A file of one tensor with this header text. */
function file(header: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

describe('safetensors', () => {
  it('gives back what was written, bit for bit, also out of a pooled Buffer', () => {
    fc.assert(
      fc.property(fc.dictionary(names, tensor, { maxKeys: 5 }), (tensors) => {
        const bytes = encodeSafetensors(tensors);
        const pool = Buffer.concat([Buffer.from('abc'), bytes]);
        for (const read of [decodeSafetensors(bytes), decodeSafetensors(pool.subarray(3))]) {
          expect(Object.keys(read).sort()).toEqual(Object.keys(tensors).sort());
          for (const [name, { dtype, shape: sides, data }] of Object.entries(tensors)) {
            expect(read[name].dtype).toBe(dtype);
            expect(read[name].shape).toEqual(sides);
            expect(Buffer.from(read[name].data.buffer)).toEqual(
              Buffer.from(data.buffer, data.byteOffset, data.byteLength),
            );
          }
        }
      }),
    );
  });

  it('gives the same bytes whatever the order of the names', () => {
    const a: TensorData = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) };
    const b: TensorData = { dtype: 'bool', shape: [1], data: Uint8Array.of(1) };
    expect(encodeSafetensors({ a, b })).toEqual(encodeSafetensors({ b, a }));
  });

  it('widens half precision, denormals and infinities included', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0xfc00, 0x8000, 0x3555);
    const header = JSON.stringify({ x: { dtype: 'F16', shape: [7], data_offsets: [0, 14] } });
    const { x } = decodeSafetensors(file(header, new Uint8Array(halves.buffer)));
    expect([...x.data]).toEqual([1, -2, 2 ** -24, Infinity, -Infinity, -0, 0.333251953125]);
  });

  const good = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  it.each([
    ['shorter than its length field', new Uint8Array(4)],
    ['a header longer than the file', file('{}').subarray(0, 9)],
    ['a header that is not JSON', file('{')],
    ['a header that is no object', file('null')],
    ['an entry that is no object', file('{"x":null}')],
    ['an unknown type', file(JSON.stringify({ x: { ...good, dtype: 'toString' } }), new Uint8Array(4))],
    ['a negative dimension', file(JSON.stringify({ x: { ...good, shape: [-1] } }), new Uint8Array(4))],
    [
      'offsets beyond the data',
      file(JSON.stringify({ x: { ...good, data_offsets: [4, 8] } }), new Uint8Array(4)),
    ],
    ['a shape that does not fit', file(JSON.stringify({ x: { ...good, shape: [2] } }), new Uint8Array(4))],
    [
      'a shape beyond all numbers',
      file(JSON.stringify({ x: { ...good, shape: [2 ** 52, 2 ** 52] } }), new Uint8Array(4)),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes)).toThrow(GraderError);
  });

  it('a name like __proto__ is a name', () => {
    const header = '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const read = decodeSafetensors(file(header, new Uint8Array(4)));
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });
});
