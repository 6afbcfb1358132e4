import type { Argument } from './call-plan.ts';
import { sha256 } from './sha256.ts';
import type { TensorData } from './tensor-data.ts';
import type { ValueTree } from './value-tree.ts';

/** An argument that given code makes. */
export type GivenArgument = Extract<Argument, { readonly given: unknown }>;

/** What given code made of plain data and inputs of a case alone, so that nobody needs to make it again. */
export interface GivenValue {
  readonly value: ValueTree;
  readonly tensors: Readonly<Record<string, TensorData>>;
}

/** The same for arguments that say the same, in whatever order their fields stand. */
export function keyOfGiven({ given }: GivenArgument): string {
  return sha256(Buffer.from(JSON.stringify(inOrder(given)))).slice(0, 16);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

/** Whether an argument is the same whatever a submission returns. */
export function isClosed(argument: Argument): boolean {
  if ('result' in argument) return false;
  if ('list' in argument) return argument.list.every(isClosed);
  if ('record' in argument) return Object.values(argument.record).every(isClosed);
  return 'given' in argument ? argument.given.args.every(isClosed) : true;
}

/** Whether a value is tensors and nothing else: what a network is besides its numbers does not come back. */
export function isTensorsOnly(value: ValueTree): boolean {
  if ('tensor' in value) return true;
  const inside = 'list' in value ? value.list : 'record' in value ? Object.values(value.record) : [];
  return inside.length > 0 && inside.every(isTensorsOnly);
}
