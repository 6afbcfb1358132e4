import * as tf from '@tensorflow/tfjs';
import type { TensorData } from '../format/tensor-data.ts';
import type { Observation, Reply, Request, ResolvedArgument, Thrown } from '../format/messages.ts';
import type { ValueTree } from '../format/value-tree.ts';
import { ArgumentState } from './argument-state.ts';
import { toTensor, ValueWriter } from './values.ts';

/** Loaded modules by their path in the template. */
export type Modules = Record<string, Record<string, unknown>>;

type CallRequest = Extract<Request, { type: 'call' }>;
type AnyFunction = (...args: unknown[]) => unknown;

/** The call could not be made, or what came back cannot be used. */
export class CallFailure extends Error {
  readonly reason: Thrown['reason'];
  constructor(reason: Thrown['reason'], message: string) {
    super(message);
    this.name = 'CallFailure';
    this.reason = reason;
  }
}

function lookUp(modules: Modules, path: string, name: string): AnyFunction {
  const module = modules[path];
  if (!module) throw new CallFailure('missing-module', `${path} is not there`);
  const value = module[name];
  if (typeof value !== 'function')
    throw new CallFailure('not-a-function', `${path} exports no function ${name}`);
  return value as AnyFunction;
}

function materialize(
  argument: ResolvedArgument,
  tensors: Record<string, TensorData>,
  modules: Modules,
): unknown {
  if ('tensor' in argument) return toTensor(tensors[argument.tensor]);
  if ('number' in argument) return argument.number;
  if ('json' in argument) return argument.json;
  if ('list' in argument) return argument.list.map((item) => materialize(item, tensors, modules));
  if ('record' in argument) {
    return Object.fromEntries(
      Object.entries(argument.record).map(([key, item]) => [key, materialize(item, tensors, modules)]),
    );
  }
  const { given } = argument;
  const make = lookUp(modules, given.module, given.export);
  return make(...given.args.map((item) => materialize(item, tensors, modules)));
}

/** A copy of a nested value with the item at `path` replaced. */
function replaceAt(value: unknown, path: readonly (string | number)[], item: unknown): unknown {
  if (path.length === 0) return item;
  const [key, ...rest] = path;
  const copy: Record<string | number, unknown> = (
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ) as Record<string | number, unknown>;
  copy[key] = replaceAt(copy[key], rest, item);
  return copy;
}

function itemAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function withGradient(
  target: AnyFunction,
  args: readonly unknown[],
  wanted: NonNullable<CallRequest['gradient']>,
): { value: unknown; gradient: tf.Tensor } {
  const path = [wanted.argument, ...(wanted.path ?? [])];
  const x = itemAt(args, path) as tf.Tensor;
  const f = (varied: tf.Tensor): tf.Tensor => {
    const result = target(...(replaceAt(args, path, varied) as unknown[]));
    if (!(result instanceof tf.Tensor)) {
      throw new CallFailure('unsupported-result', describeNonTensor(result));
    }
    return result.dtype === 'float32' ? result.sum() : result.cast('float32').sum();
  };
  try {
    const { value, grad } = tf.valueAndGrad(f)(x);
    return { value, gradient: grad };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/Cannot compute gradient|gradient function not found/i.test(message)) {
      throw new CallFailure('not-differentiable', message);
    }
    throw error;
  }
}

function describeNonTensor(value: unknown): string {
  if (value instanceof Promise) return 'a Promise (is the function async?)';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return value === undefined ? 'nothing (undefined)' : `a ${typeof value}`;
}

/** Counts how often `run` reads tensor values into JavaScript: `dataSync`, `data`, and what is built on them. */
async function countReads<T>(run: () => Promise<T>): Promise<{ value: T; reads: number }> {
  const { prototype } = tf.Tensor;
  const { dataSync, data } = prototype;
  let reads = 0;
  prototype.dataSync = function counted(this: tf.Tensor) {
    reads++;
    return dataSync.call(this);
  } as typeof dataSync;
  prototype.data = function counted(this: tf.Tensor) {
    reads++;
    return data.call(this);
  } as typeof data;
  try {
    return { value: await run(), reads };
  } finally {
    Object.assign(prototype, { dataSync, data });
  }
}

async function observed(
  target: AnyFunction,
  args: readonly unknown[],
): Promise<{ value: unknown; observed: Observation }> {
  const state = await ArgumentState.of(args);
  const before = tf.memory().numTensors;
  let value: unknown;
  const { value: profile, reads } = await countReads(() =>
    tf.profile((async () => {
      value = await target(...args);
    }) as unknown as () => tf.TensorContainer),
  );
  const returned = new Set<number>();
  collectTensors(value, returned, new Set(collectIds(args)), 0);
  const leftover = tf.memory().numTensors - before - returned.size;
  return {
    value,
    observed: { kernels: profile.kernels.length, reads, leftover, args: await state.now() },
  };
}

function collectIds(value: unknown): number[] {
  const ids = new Set<number>();
  collectTensors(value, ids, new Set(), 0);
  return [...ids];
}

function collectTensors(
  value: unknown,
  into: Set<number>,
  without: ReadonlySet<number>,
  depth: number,
): void {
  if (depth > 8 || typeof value !== 'object' || value === null) return;
  if (value instanceof tf.Tensor) {
    if (!value.isDisposed && !without.has(value.id)) into.add(value.id);
    return;
  }
  for (const item of Object.values(value)) collectTensors(item, into, without, depth + 1);
}

/** Makes one call and puts its outcome into a reply. @throws CallFailure, or whatever the student's code throws */
export async function callExport(
  request: CallRequest,
  tensors: Record<string, TensorData>,
  modules: Modules,
): Promise<{ reply: Reply; tensors: Record<string, TensorData> }> {
  const target = lookUp(modules, request.module, request.export);
  const args = request.args.map((argument) => materialize(argument, tensors, modules));
  const writer = new ValueWriter();
  if (request.gradient) {
    const { value, gradient } = withGradient(target, args, request.gradient);
    const tree: ValueTree = writer.write(value);
    const reply: Reply = { type: 'returned', id: request.id, value: tree, gradient: writer.tensor(gradient) };
    return { reply, tensors: await writer.tensors() };
  }
  const outcome = request.observe ? await observed(target, args) : { value: await target(...args) };
  const reply: Reply = {
    type: 'returned',
    id: request.id,
    value: writer.write(outcome.value),
    ...('observed' in outcome ? { observed: outcome.observed } : {}),
  };
  return { reply, tensors: await writer.tensors() };
}
