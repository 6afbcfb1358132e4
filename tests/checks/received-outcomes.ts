import type { LoadedCase, LoadedPart } from '../../grader/assignment/loaded.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import type { Observation } from '../../grader/format/messages.ts';
import type { CallOutcome, CaseOutcomes, FailureReason } from '../../grader/format/outcome.ts';
import { sizeOf, type DType, type TensorData } from '../../grader/format/tensor-data.ts';
import type { ValueTree } from '../../grader/format/value-tree.ts';

/**
 * What values are like. `anything`: whatever an answer can hold; `wild`: tensors of any form whose values are large and
 * arbitrary; `nothing`: no finite tensor or number at all; `near`: made of what is expected.
 */
export type Manner = 'anything' | 'wild' | 'nothing' | 'near';

const FAILURES: Record<FailureReason, true> = {
  'not-implemented': true,
  threw: true,
  'missing-function': true,
  'not-differentiable': true,
  'wrong-result': true,
  'not-finite': true,
  'time-out': true,
  ended: true,
  memory: true,
  violation: true,
  'does-not-compile': true,
  'not-reached': true,
  'not-run': true,
};
const SHAPES: readonly (readonly number[])[] = [
  [],
  [0],
  [1],
  [7],
  [1, 8, 3],
  [0, 8, 3],
  [8, 0, 3],
  [1, 1, 3],
  [400, 2, 3],
  [2, 2],
  [0, 0],
  [1, 1, 1, 1, 1, 1, 1, 2],
  [Number.MAX_SAFE_INTEGER, 0],
  [0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [1100, 2],
];
const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

function tensorOf(dtype: DType, shape: readonly number[], value: (i: number) => number): TensorData {
  const data = new ARRAYS[dtype](sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = value(i);
  return { dtype, shape, data };
}

/** Makes outcomes of calls as a child can bring them about, told honestly or not. */
export class ReceivedOutcomes {
  readonly #random: () => number;
  readonly #manner: Manner;
  #tensors: Record<string, TensorData> = {};

  constructor(random: () => number, manner: Manner) {
    this.#random = random;
    this.#manner = manner;
  }

  ofPart(part: LoadedPart): Map<string, CaseOutcomes> {
    return new Map([...part.cases].map(([id, one]) => [id, this.#ofCase(one)]));
  }

  #ofCase(loadedCase: LoadedCase): CaseOutcomes {
    const { calls, derived } = loadedCase.plan;
    const outcomes = new Map<string, CallOutcome>();
    for (const call of [...calls, ...derived]) {
      // A call may not have been reached.
      if (this.#one(20)) continue;
      outcomes.set(call.id, this.#one(6) ? this.#failure() : this.#returned(call, loadedCase));
    }
    return outcomes;
  }

  #returned(call: Call, loadedCase: LoadedCase): CallOutcome {
    const expected = loadedCase.expected().get(call.id);
    this.#tensors = {};
    const known = Object.values(expected?.tensors ?? {});
    const value =
      expected && !this.#one(5) ? this.#like(expected.value, expected.tensors, known) : this.#value(0, known);
    const gradientOf = expected?.gradient === undefined ? undefined : expected.tensors[expected.gradient];
    const withGradient = call.gradient !== undefined && !this.#one(8);
    const gradient = withGradient ? this.#tensor(gradientOf, known) : undefined;
    return {
      kind: 'returned',
      value,
      tensors: this.#tensors,
      ...(gradient === undefined ? {} : { gradient }),
      // The pipeline takes no answer without the counts that it asked for.
      ...(call.observe && !call.gradient ? { observed: this.#observation() } : {}),
      seconds: this.#random(),
    };
  }

  #failure(): CallOutcome {
    const reason = this.#pick(Object.keys(FAILURES)) as FailureReason;
    return { kind: 'failed', reason, summary: `summary of ${reason}`, details: ['what the code said'] };
  }

  #observation(): Observation {
    const count = (): number => this.#pick([0, 0, 1, 5, 400, Number.MAX_SAFE_INTEGER]);
    const args = this.#pick(['intact', 'intact', 'disposed', 'changed'] as const);
    return {
      kernels: count(),
      reads: this.#one(2) ? 0 : count(),
      leftover: this.#pick([0, 0, -3, 2, 9e15]),
      args,
    };
  }

  /** A value of the form of the expected one, with other leaves. */
  #like(
    value: ValueTree,
    tensors: Readonly<Record<string, TensorData>>,
    known: readonly TensorData[],
  ): ValueTree {
    if (this.#one(30)) return this.#value(0, known);
    if ('list' in value) {
      const list = value.list.map((item) => this.#like(item, tensors, known));
      return { list: this.#one(10) ? list.slice(1) : list };
    }
    if ('record' in value) {
      const entries = Object.entries(value.record).map(([key, item]) => [
        key,
        this.#like(item, tensors, known),
      ]);
      return { record: Object.fromEntries(entries) as Record<string, ValueTree> };
    }
    if ('tensor' in value) return { tensor: this.#tensor(tensors[value.tensor], known) };
    if ('number' in value && this.#manner === 'near' && this.#one(2)) return value;
    if ('number' in value && this.#manner !== 'nothing') return { number: this.#number() };
    return this.#value(1, known);
  }

  #value(depth: number, known: readonly TensorData[]): ValueTree {
    const kinds = ['tensor', 'number', 'text', 'boolean', 'none', 'other', 'list', 'record', 'same'] as const;
    const kind = depth > 3 ? 'number' : this.#pick(kinds);
    switch (kind) {
      case 'tensor':
        return { tensor: this.#tensor(undefined, known) };
      case 'number':
        return { number: this.#manner === 'nothing' ? this.#pick(['NaN', '-Infinity']) : this.#number() };
      case 'text':
        return { text: '<script>' };
      case 'boolean':
        // A truth value is a number to whatever takes numbers.
        return this.#manner === 'nothing' ? { none: 'null' } : { boolean: this.#one(2) };
      case 'none':
        return { none: this.#pick(['null', 'undefined']) };
      case 'other':
        return { other: 'a symbol' };
      case 'list':
        return { list: this.#several(() => this.#value(depth + 1, known)) };
      case 'record': {
        const keys = ['image', 'scores', 'loss', 'predicted', '__proto__', 'constructor'];
        return { record: Object.fromEntries(keys.map((key) => [key, this.#value(depth + 1, known)])) };
      }
      case 'same': {
        // One tensor under many names, or in a list again and again.
        const tensor = this.#tensor(undefined, known);
        return { list: Array.from({ length: this.#pick([1, 3, 2000]) }, () => ({ tensor })) };
      }
    }
  }

  #number(): number | 'NaN' | 'Infinity' | '-Infinity' {
    if (this.#manner === 'wild') return this.#wild();
    return this.#pick([0, -0, 1, -1e300, 5e-324, 0.5, 'NaN', 'Infinity', '-Infinity', this.#wild()]);
  }

  #tensor(expected: TensorData | undefined, known: readonly TensorData[]): string {
    const name = `t${Object.keys(this.#tensors).length}`;
    this.#tensors[name] =
      this.#manner === 'near' && expected ? this.#near(expected) : this.#any(expected ?? this.#maybe(known));
    return name;
  }

  #near(expected: TensorData): TensorData {
    const { dtype, shape, data } = expected;
    const scaled = (by: number): TensorData => tensorOf(dtype, shape, (i) => data[i] * by);
    switch (this.#pick(['same', 'same', 'factor', 'sign', 'reshaped', 'any'] as const)) {
      case 'same':
        return expected;
      case 'factor':
        return scaled(2);
      case 'sign':
        return scaled(-1);
      case 'reshaped':
        return { dtype, shape: [data.length], data };
      case 'any':
        return this.#any(expected);
    }
  }

  #any(like: TensorData | undefined): TensorData {
    const own = like && !this.#one(3) ? like.shape : this.#pick(SHAPES);
    const shape = this.#one(8) ? own.toReversed() : own;
    const dtype: DType = this.#one(6) ? this.#pick(['int32', 'bool']) : (like?.dtype ?? 'float32');
    const kind = this.#pick(
      this.#manner === 'nothing'
        ? (['NaN', 'infinite'] as const)
        : this.#manner === 'wild'
          ? (['wild'] as const)
          : (['NaN', 'one NaN', 'infinite', 'zeros', 'large', 'wild', 'small'] as const),
    );
    const place = Math.floor(this.#random() * sizeOf(shape));
    const value = (i: number): number => {
      switch (kind) {
        case 'NaN':
          return NaN;
        case 'one NaN':
          return i === place ? NaN : this.#random();
        case 'infinite':
          return i % 2 === 0 ? Infinity : -Infinity;
        case 'zeros':
          return 0;
        case 'large':
          return 3e38;
        case 'small':
          return this.#random();
        case 'wild':
          return this.#wild();
      }
    };
    // Other element types hold no NaN and no infinity.
    const of = this.#manner === 'nothing' ? 'float32' : dtype;
    return tensorOf(of, shape, value);
  }

  /** Large, of either sign, and never the same. */
  #wild(): number {
    return (this.#one(2) ? 1 : -1) * (1000 + 1e6 * this.#random());
  }

  #several<T>(make: () => T): T[] {
    return Array.from({ length: Math.floor(this.#random() * 5) }, make);
  }

  #one(among: number): boolean {
    return this.#random() < 1 / among;
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)];
  }

  #maybe<T>(items: readonly T[]): T | undefined {
    return items.length > 0 ? this.#pick(items) : undefined;
  }
}
