import * as tf from '@tensorflow/tfjs';
import type { TensorData } from '../format/tensor-data.ts';
import type { Reply, Request, ResolvedArgument } from '../format/messages.ts';
import type { ValueTree } from '../format/value-tree.ts';
import { CallFailure } from './call-failure.ts';
import type { KernelWatch } from './kernel-watch.ts';
import { observe } from './observe.ts';
import { toTensor, ValueWriter } from './values.ts';

/** Loaded modules by their path in the template. */
export type Modules = Record<string, Record<string, unknown>>;

type CallRequest = Extract<Request, { type: 'call' }>;
type AnyFunction = (...args: unknown[]) => unknown;

function lookUp(modules: Modules, path: string, name: string): AnyFunction {
  const module = modules[path];
  if (!module) throw new CallFailure('missing-module', `${path} is not there`);
  const value = module[name];
  if (typeof value !== 'function')
    throw new CallFailure('not-a-function', `${path} exports no function ${name}`);
  return value as AnyFunction;
}

/**
 * Makes the arguments of a call, and frees them after it: a network of full size in each of twenty calls would fill a
 * small container.
 */
class Arguments {
  readonly #made: tf.Tensor[] = [];
  readonly #tensors: Record<string, TensorData>;
  readonly #modules: Modules;

  constructor(tensors: Record<string, TensorData>, modules: Modules) {
    this.#tensors = tensors;
    this.#modules = modules;
  }

  make(argument: ResolvedArgument): unknown {
    if ('tensor' in argument) return this.#keep(toTensor(this.#tensors[argument.tensor]));
    if ('number' in argument) return argument.number;
    if ('json' in argument) return argument.json;
    if ('list' in argument) return argument.list.map((item) => this.make(item));
    if ('record' in argument) {
      return Object.fromEntries(Object.entries(argument.record).map(([key, item]) => [key, this.make(item)]));
    }
    const { given } = argument;
    const make = lookUp(this.#modules, given.module, given.export);
    return this.#keep(make(...given.args.map((item) => this.make(item))));
  }

  #keep<T>(value: T): T {
    if (value instanceof tf.Tensor) this.#made.push(value);
    else if (Array.isArray(value)) for (const item of value) this.#keep(item);
    return value;
  }

  dispose(): void {
    for (const tensor of this.#made) if (!tensor.isDisposed) tensor.dispose();
  }
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
  let thrownInside: unknown;
  const run = (varied: tf.Tensor): unknown => {
    try {
      return target(...(replaceAt(args, path, varied) as unknown[]));
    } catch (error) {
      thrownInside = error;
      throw error;
    }
  };
  const f = (varied: tf.Tensor): tf.Tensor => {
    const result = run(varied);
    if (!(result instanceof tf.Tensor)) {
      throw new CallFailure('unsupported-result', describeNonTensor(result));
    }
    return result.dtype === 'float32' ? result.sum() : result.cast('float32').sum();
  };
  try {
    const { value, grad } = tf.valueAndGrad(f)(x);
    return { value, gradient: grad };
  } catch (error) {
    // The function may compute a gradient of its own, and fail at that.
    if (error === thrownInside) throw error;
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

/** A reply to a request, and the tensors that it names. */
export interface Answer {
  readonly reply: Exclude<Reply, { type: 'ready' }>;
  readonly tensors?: Record<string, TensorData>;
}

interface Run {
  readonly tensors: Record<string, TensorData>;
  readonly modules: Modules;
  readonly watch: KernelWatch;
}

/** Makes one call. @throws CallFailure, or whatever the student's code throws */
export async function callExport(request: CallRequest, run: Run): Promise<Answer> {
  const target = lookUp(run.modules, request.module, request.export);
  const made = new Arguments(run.tensors, run.modules);
  try {
    const args = request.args.map((argument) => made.make(argument));
    return await callWith(target, args, { request, watch: run.watch });
  } finally {
    made.dispose();
  }
}

async function callWith(
  target: AnyFunction,
  args: readonly unknown[],
  { request, watch }: { readonly request: CallRequest; readonly watch: KernelWatch },
): Promise<Answer> {
  const writer = new ValueWriter();
  if (request.gradient) {
    const { value, gradient } = withGradient(target, args, request.gradient);
    const tree: ValueTree = writer.write(value);
    const reply: Answer['reply'] = {
      type: 'returned',
      id: request.id,
      value: tree,
      gradient: writer.tensor(gradient),
    };
    return { reply, tensors: await writer.tensors() };
  }
  const outcome = request.observe ? await observe(watch, target, args) : { value: await target(...args) };
  const reply: Answer['reply'] = {
    type: 'returned',
    id: request.id,
    value: writer.write(outcome.value),
    ...('observed' in outcome ? { observed: outcome.observed } : {}),
  };
  return { reply, tensors: await writer.tensors() };
}
