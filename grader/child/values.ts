import * as tf from '@tensorflow/tfjs';
import type { DType, TensorData } from '../format/tensor-data.ts';
import type { ValueTree } from '../format/value-tree.ts';

const MAX_DEPTH = 8;
const MAX_ITEMS = 4096;
const MAX_TEXT = 4000;
const TOO_MUCH = { other: 'a value too deep or too large' } as const;

/** Plain data to a tensor of this process. */
export function toTensor(data: TensorData | undefined): tf.Tensor {
  if (!data) throw new Error('the plan names a tensor that did not come with it');
  return tf.tensor(data.data, [...data.shape], data.dtype);
}

async function read(name: string, value: tf.Tensor): Promise<[string, TensorData]> {
  // A copy: the backend may hand out a view of memory that the next operation overwrites.
  const data = (await value.data<'float32'>()).slice();
  return [name, { dtype: value.dtype as DType, shape: [...value.shape], data }];
}

/** Turns what a function returned into plain data, its tensors under names of their own. */
export class ValueWriter {
  readonly #pending: Promise<[name: string, data: TensorData]>[] = [];
  #items = 0;

  /** Takes a tensor and returns the name under which {@link tensors} has it. */
  tensor(value: tf.Tensor): string {
    const name = `t${this.#pending.length}`;
    this.#pending.push(read(name, value));
    return name;
  }

  /** All tensors taken. Read asynchronously: some backends can read no other way. */
  async tensors(): Promise<Record<string, TensorData>> {
    return Object.fromEntries(await Promise.all(this.#pending));
  }

  write(value: unknown, depth = 0): ValueTree {
    if (depth > MAX_DEPTH) return TOO_MUCH;
    if (value instanceof tf.Tensor) return this.#writeTensor(value);
    switch (typeof value) {
      case 'number':
        return { number: Number.isFinite(value) ? value : (String(value) as 'NaN') };
      case 'string':
        return { text: value.slice(0, MAX_TEXT) };
      case 'boolean':
        return { boolean: value };
      case 'undefined':
        return { none: 'undefined' };
      case 'object':
        return this.#writeObject(value, depth);
      default:
        return { other: `a ${typeof value}` };
    }
  }

  #writeTensor(value: tf.Tensor): ValueTree {
    if (value.isDisposed) return { other: 'a tensor that was already disposed' };
    if (!['float32', 'int32', 'bool'].includes(value.dtype)) return { other: `a tensor of ${value.dtype}` };
    return { tensor: this.tensor(value) };
  }

  #writeObject(value: object | null, depth: number): ValueTree {
    if (value === null) return { none: 'null' };
    if (Array.isArray(value)) {
      if (!this.#hasRoomFor(value.length)) return TOO_MUCH;
      return { list: value.map((item) => this.write(item, depth + 1)) };
    }
    if (ArrayBuffer.isView(value)) return { other: `a ${value.constructor.name}` };
    const entries = Object.entries(value).filter(([, item]) => typeof item !== 'function');
    if (!this.#hasRoomFor(entries.length)) return TOO_MUCH;
    return { record: Object.fromEntries(entries.map(([key, item]) => [key, this.write(item, depth + 1)])) };
  }
  /** All items of a value count before the first is looked at, so that the grader never takes an answer for a forged one. */
  #hasRoomFor(items: number): boolean {
    if (this.#items + items > MAX_ITEMS) return false;
    this.#items += items;
    return true;
  }
}
