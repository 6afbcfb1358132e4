import { existsSync, readFileSync } from 'node:fs';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { readSafetensors, writeSafetensors } from '../../reference/lib/models/safetensors.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import type { LearnerState, Parameters } from './adam.ts';

const groups = ['weights', 'first', 'second'] as const;

/** Saves a run atomically: an interruption leaves the previous state. `run` says what recipe and seed it follows. */
export function saveCheckpoint(path: string, state: LearnerState, { run, seconds }: RunRecord): void {
  const tensors: Record<string, StoredTensor> = {};
  for (const group of groups) {
    for (const [name, data] of Object.entries(state[group])) {
      tensors[`${group}/${name}`] = { shape: [data.length], data };
    }
  }
  const metadata = { run, step: String(state.step), wall: String(seconds.wall), cpu: String(seconds.cpu) };
  writeAtomically(path, writeSafetensors({ tensors, metadata }, { precision: 'F32' }));
}

export interface RunRecord {
  /** Recipe and seed as text. */
  readonly run: string;
  /** Time spent so far, in seconds. */
  readonly seconds: { readonly wall: number; readonly cpu: number };
}

/** The state of a run that follows the same recipe and seed, or none. */
export function resumeCheckpoint(
  path: string,
  run: string,
): (RunRecord & { state: LearnerState }) | undefined {
  if (!existsSync(path)) return undefined;
  const { tensors, metadata } = readSafetensors(readFileSync(path));
  if (metadata.run !== run) return undefined;
  const [weights, first, second] = groups.map((group): Parameters => {
    const mine = Object.entries(tensors).filter(([name]) => name.startsWith(`${group}/`));
    return Object.fromEntries(mine.map(([name, { data }]) => [name.slice(group.length + 1), data]));
  });
  const seconds = { wall: Number(metadata.wall), cpu: Number(metadata.cpu) };
  return { run, seconds, state: { step: Number(metadata.step), weights, first, second } };
}
