import * as fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../grader/format/safetensors.ts';
import {
  encodeFrame,
  FrameReader,
  ProtocolViolation,
  type FrameCaps,
  type Frame,
} from '../../grader/protocol/frame.ts';
import { parseReply } from '../../grader/protocol/parse-reply.ts';
import { KiB, MiB } from '../../grader/format/units.ts';

const CAPS: FrameCaps = { frameBytes: 1 * MiB, jsonBytes: 64 * KiB, totalBytes: 4 * MiB };
const SEED = 20_250_131;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What became of a stream: how many answers were read before the end or the violation. */
function digest(stream: readonly Uint8Array[]): { answers: number; violated: boolean } {
  const reader = new FrameReader(CAPS);
  let answers = 0;
  try {
    for (const piece of stream) {
      for (const frame of reader.push(piece)) {
        parseReply(frame);
        answers++;
      }
    }
    return { answers, violated: false };
  } catch (error) {
    // Anything else would end the grader.
    if (!(error instanceof ProtocolViolation)) throw error;
    return { answers, violated: true };
  }
}

/** Cuts bytes into pieces at places that depend on `cuts`. */
function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((part) => Math.floor(part * bytes.length)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
const key = fc.oneof(
  fc.constantFrom('tensor', 'number', 'text', 'list', 'record', 'boolean', 'none', 'other'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'type', 'id', 'value', 'length'),
  fc.string({ maxLength: 6 }),
);
const leaf = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 12 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('NaN', 't0', 't1', 'null'),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
  ),
}));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom({ tensor: 't0' }, { number: 'NaN' }, { none: 'null' }, { boolean: true }),
    fc.record({ number: fc.double() }),
    fc.record({ text: fc.string() }),
    fc.record({ list: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({ record: fc.dictionary(key, tie('value'), { maxKeys: 4 }) }),
    tree,
  ),
}));
const message = fc.oneof(
  fc.record({ type: fc.constant('returned'), id: fc.nat(), value }),
  fc.record({ type: fc.constant('loaded'), id: fc.oneof(fc.nat(), fc.double()) }),
  fc.record({
    type: fc.constant('threw'),
    id: fc.nat(),
    error: fc.record({
      reason: fc.constantFrom('threw', 'not-a-function', 'other'),
      name: fc.string(),
      message: fc.string({ unit: 'binary' }),
      stack: fc.string(),
    }),
  }),
  tree,
);
const count = fc.oneof(fc.nat(40), fc.integer(), fc.double(), fc.constantFrom(2 ** 31, 2 ** 53, -1, 1e300));
const tensorEntry = fc.record({
  dtype: fc.constantFrom('F32', 'F16', 'I32', 'BOOL', 'I64', 'constructor'),
  shape: fc.oneof(
    fc.array(count, { maxLength: 5 }),
    fc.array(fc.nat(4), { maxLength: 12 }),
    fc.constant('4'),
  ),
  data_offsets: fc.oneof(
    fc.tuple(fc.nat(40), fc.nat(40)),
    fc.tuple(count, count),
    fc.array(count, { maxLength: 3 }),
  ),
});
const tensorFile = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 60 }),
  fc
    .float({ noNaN: false })
    .map((x) => encodeSafetensors({ t0: { dtype: 'float32', shape: [1], data: Float32Array.of(x) } })),
  fc
    .tuple(fc.dictionary(fc.oneof(key, fc.constantFrom('t0', 't1')), tensorEntry, { maxKeys: 4 }), fc.nat(80))
    .map(([header, bytes]) => {
      const text = new TextEncoder().encode(JSON.stringify(header));
      const file = new Uint8Array(8 + text.length + bytes);
      new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
      file.set(text, 8);
      return file;
    }),
);
const frame: fc.Arbitrary<Frame> = fc.record({ message, tensors: tensorFile });
const frames = fc
  .array(frame, { maxLength: 4 })
  .map((list) => Buffer.concat(list.map((one) => encodeFrame(one))));

/** A stream with some of its bytes replaced, taken out or doubled. */
const mutated = fc
  .tuple(
    frames,
    fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255), fc.nat(3)), {
      maxLength: 8,
    }),
  )
  .map(([bytes, changes]) => {
    const list = [...bytes];
    for (const [where, byte, how] of changes) {
      const at = Math.floor(where * list.length);
      if (how === 0) list.splice(at, 1);
      else if (how === 1) list.splice(at, 0, byte);
      else if (list.length > 0) list[at] = byte;
    }
    return Uint8Array.from(list);
  });
const claimed = fc
  .tuple(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), fc.uint8Array({ maxLength: 200 }))
  .map(([frameLength, jsonLength, rest]) => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, frameLength, true);
    new DataView(head.buffer).setUint32(4, jsonLength, true);
    return Buffer.concat([head, rest]);
  });

const STREAMS = {
  'random bytes': { stream: fc.uint8Array({ maxLength: 400 }), runs: 3000 },
  'frames of any answers': { stream: frames, runs: 6000 },
  'frames with bytes changed': { stream: mutated, runs: 4000 },
  'lengths that lie': { stream: claimed, runs: 2000 },
} as const;

describe('hostile streams', () => {
  it('are at least 10,000', () => {
    expect(Object.values(STREAMS).reduce((total, { runs }) => total + runs, 0)).toBeGreaterThanOrEqual(
      10_000,
    );
  });

  it.each(Object.entries(STREAMS))(
    'of %s end in answers or a violation, and cost no memory',
    (_, { stream, runs }) => {
      collectGarbage();
      const before = process.memoryUsage();
      let answers = 0;
      let violations = 0;
      fc.assert(
        fc.property(stream as fc.Arbitrary<Uint8Array>, cuts, (bytes, places) => {
          const outcome = digest(cut(bytes, places));
          answers += outcome.answers;
          if (outcome.violated) violations++;
        }),
        { numRuns: runs, seed: SEED },
      );
      collectGarbage();
      const after = process.memoryUsage();
      expect(violations).toBeGreaterThan(0);
      expect(answers + violations).toBeGreaterThan(runs / 20);
      expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(32 * MiB);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it('read the same however they are cut', () => {
    fc.assert(
      fc.property(frames, cuts, (bytes, places) => {
        expect(digest(cut(bytes, places))).toEqual(digest([bytes]));
      }),
      { numRuns: 500, seed: SEED },
    );
  });
});
