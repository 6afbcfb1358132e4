import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../grader/format/safetensors.ts';
import { OverBudget, type AnswerBudget } from '../../grader/protocol/answer-budget.ts';
import { ProtocolViolation } from '../../grader/protocol/frame.ts';
import { parseReply } from '../../grader/protocol/parse-reply.ts';

const NONE = new Uint8Array();
const tensors = encodeSafetensors({ t0: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } });
const returned = (value: unknown): unknown => ({ type: 'returned', id: 1, value });

/** A safetensors file of this header and so many bytes of data. */
function blob(header: unknown, bytes: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

describe('reading an answer', () => {
  it('takes every form of value', () => {
    const value = {
      record: {
        list: { list: [{ number: 1.5 }, { number: 'NaN' }, { number: '-Infinity' }] },
        tensor: { tensor: 't0' },
        rest: {
          list: [
            { text: 'x' },
            { boolean: false },
            { none: 'null' },
            { none: 'undefined' },
            { other: 'a symbol' },
          ],
        },
      },
    };
    const { reply, tensors: read } = parseReply({
      message: { ...(returned(value) as object), gradient: 't0' },
      tensors,
    });
    expect(reply).toMatchObject({ type: 'returned', id: 1, value, gradient: 't0' });
    expect(read.t0.data).toEqual(Float32Array.of(1, 2));
  });

  it('keeps keys that name members of every object as keys', () => {
    const message = JSON.parse(
      '{"type":"returned","id":1,"value":{"record":{"__proto__":{"number":1},"constructor":{"number":2}}}}',
    ) as unknown;
    const { reply } = parseReply({ message, tensors: NONE });
    const record = (reply as unknown as { value: { record: object } }).value.record;
    expect(Object.keys(record)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(record)).toBeNull();
    expect(({} as Record<string, unknown>).number).toBeUndefined();
  });

  const deep = (levels: number): unknown => {
    let value: unknown = { number: 1 };
    for (let i = 0; i < levels; i++) value = { list: [value] };
    return value;
  };

  it.each<[string, unknown, Uint8Array?]>([
    ['no object', 7],
    ['an unknown type', { type: 'verdict', passed: true }],
    ['a field too many', { type: 'loaded', id: 1, score: 999 }],
    ['a negative id', { type: 'loaded', id: -1 }],
    ['a fractional id', { type: 'loaded', id: 0.5 }],
    ['a value of two forms', returned({ number: 1, text: 'x' })],
    ['a value of no form', returned({})],
    ['a bare number', returned(1)],
    ['a number in words', returned({ number: '17' })],
    ['a record that is a list', returned({ record: [] })],
    ['a list that is a record', returned({ list: { length: 3 } })],
    ['a missing tensor', returned({ tensor: 't1' })],
    ['a tensor named like a member of every object', returned({ tensor: 'constructor' })],
    ['a tensor named like a prototype', returned({ tensor: '__proto__' }), tensors],
    ['a missing gradient', { ...(returned({ number: 1 }) as object), gradient: 't9' }],
    ['a value deeper than honest ones', returned(deep(13))],
    ['a value so deep that a stack would end', returned(deep(100_000))],
    ['a text longer than honest ones', returned({ text: 'x'.repeat(9000) })],
    ['more values than honest ones', returned({ list: Array.from({ length: 6000 }, () => ({ number: 1 })) })],
    [
      'a stack trace of a megabyte',
      { type: 'threw', id: 1, error: { reason: 'threw', name: 'E', message: '', stack: 'x'.repeat(1e6) } },
    ],
    ['tensors that are not', returned({ number: 1 }), Uint8Array.of(1, 2, 3)],
    ['a header of 4 GB', returned({ number: 1 }), new Uint8Array(8).fill(255)],
    [
      'a negative dimension',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: 'F32', shape: [-1, -1], data_offsets: [0, 4] } }, 4),
    ],
    [
      'a fractional dimension',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: 'F32', shape: [0.5, 2], data_offsets: [0, 4] } }, 4),
    ],
    [
      'more dimensions than there are',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: 'F32', shape: Array(99).fill(1), data_offsets: [0, 4] } }, 4),
    ],
    [
      'an unknown element type',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: '__proto__', shape: [1], data_offsets: [0, 4] } }, 4),
    ],
    [
      'data that is not there',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: 'F32', shape: [1000], data_offsets: [0, 4000] } }, 4),
    ],
    [
      'an end before its beginning',
      returned({ tensor: 'a' }),
      blob({ a: { dtype: 'F32', shape: [0], data_offsets: [8, 4] } }, 8),
    ],
    ['no entry', returned({ tensor: 'a' }), blob({ a: null }, 4)],
  ])('refuses %s', (_, message, bytes = NONE) => {
    expect(() => parseReply({ message, tensors: bytes })).toThrow(ProtocolViolation);
  });

  it('refuses tensors that share bytes, which would take many times the memory of the frame', () => {
    const size = 16 * 1024 * 1024;
    const entry = { dtype: 'F32', shape: [size / 4], data_offsets: [0, size] };
    const file = blob(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`t${i}`, entry])), size);
    const before = process.memoryUsage().rss;
    expect(() => parseReply({ message: returned({ number: 1 }), tensors: file })).toThrow(ProtocolViolation);
    expect(process.memoryUsage().rss - before).toBeLessThan(4 * size);
  });

  const budget = { bytes: 1024, tensors: 9, expected: { bytes: 8, tensors: 1 } };
  const many = (count: number): Uint8Array =>
    blob(
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `t${i}`,
          { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
        ]),
      ),
      0,
    );

  it('refuses half precision, which no runner sends and which takes twice its size', () => {
    const file = blob({ a: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, 4);
    expect(() => parseReply({ message: returned({ tensor: 'a' }), tensors: file })).toThrow(
      ProtocolViolation,
    );
  });

  it('takes what is within the budget', () => {
    expect(parseReply({ message: returned({ tensor: 't0' }), tensors }, budget).tensors.t0.data).toHaveLength(
      2,
    );
    expect(
      Object.keys(parseReply({ message: returned({ tensor: 't0' }), tensors: many(9) }, budget).tensors),
    ).toHaveLength(9);
  });

  it.each<[string, Uint8Array, Partial<typeof budget>, string]>([
    [
      'more bytes',
      blob({ a: { dtype: 'F32', shape: [25_000], data_offsets: [0, 100_000] } }, 100_000),
      {},
      'returned 98 KiB where 8 bytes were expected',
    ],
    ['more tensors', many(74_425), {}, 'returned 74,425 tensors where one was expected'],
    [
      'a tensor where none was',
      many(10),
      { expected: { bytes: 0, tensors: 0 } },
      'returned 10 tensors where none was expected',
    ],
    [
      'more than what nobody knows',
      many(10),
      { expected: undefined },
      'returned 10 tensors; at most 9 are looked at',
    ],
  ])('tells of %s than the budget has', (_, bytes, change, message) => {
    const read = (): unknown =>
      parseReply({ message: returned({ tensor: 'a' }), tensors: bytes }, {
        ...budget,
        ...change,
      } as AnswerBudget);
    expect(read).toThrow(OverBudget);
    expect(read).toThrow(message);
  });

  it('does not parse a long header of tensors in disguise', () => {
    const entries = Array.from(
      { length: 2000 },
      (_, i) => `"t${i}":{"dtype":"F32","shape":[0],"data\\u005foffsets":[0,0]}`,
    );
    const text = Buffer.from(`{${entries.join()}}`);
    const file = Buffer.concat([Buffer.alloc(8), text]);
    file.writeBigUInt64LE(BigInt(text.length));
    const read = (): unknown => parseReply({ message: returned({ tensor: 't0' }), tensors: file }, budget);
    expect(read).toThrow(/returned 1\d\d KiB where/);
  });

  it('takes little time and memory for a megabyte of hostile values', () => {
    const wide = (node: string): unknown =>
      returned({ list: Array.from({ length: 80_000 }, () => JSON.parse(node) as unknown) });
    const messages = ['{"x":[]}', '{"list":[]}', '{"record":{}}', '{"number":1}'].map(wide);
    const before = process.memoryUsage().rss;
    const begin = performance.now();
    for (const message of messages)
      expect(() => parseReply({ message, tensors: NONE })).toThrow(ProtocolViolation);
    expect(performance.now() - begin).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});
