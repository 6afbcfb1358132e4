import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { FIXTURES } from '../../repository.ts';
import { hashOfPart, JudgingBench, keyOf, type Setting } from '../judging/bench.ts';
import type { Overlay } from '../judging/overlaid.ts';
import { judgeAll } from '../judging/judge-all.ts';
import { thisMachine } from '../judging/this-machine.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { loadMutants, saveMutants, type MutantRecord } from './record.ts';

const SETTING: Setting = { backend: 'wasm', threads: 1 };

interface Task {
  readonly mutant: Mutant;
  readonly file: string;
  readonly overlay: Overlay;
  readonly key: string;
}

/** Every mutant of the code that a student writes for a part. */
function tasksOf({ id, files }: PartDefinition): Task[] {
  const hash = hashOfPart(id);
  const solutions = Object.keys(files).filter((path) => files[path].role === 'solution');
  return solutions.flatMap((file) => {
    const text = readFileSync(join(FIXTURES, 'submissions/should-pass/reference', file), 'utf8');
    return mutantsOf(file, text).map((mutant) => {
      const overlay = new Map([[file, mutant.text]]);
      return { mutant, file, overlay, key: keyOf(hash, overlay) };
    });
  });
}

/** What is known and still holds, and what has to be run. */
function plan(part: PartDefinition): { total: number; open: readonly Task[]; record: MutantRecord } {
  const before = loadMutants(part.id);
  const record: MutantRecord = { on: before.on, mutants: {} };
  const tasks = tasksOf(part);
  const open = tasks.filter(({ mutant, key }) => {
    const known = before.mutants[mutant.id];
    if (known?.key !== key) return true;
    record.mutants[mutant.id] = { ...known, line: mutant.line };
    return false;
  });
  return { total: tasks.length, open, record };
}

/** How many mutants a part has, and how many of them were run before as they are now. */
export function amountOfMutants(part: PartDefinition): { readonly total: number; readonly known: number } {
  const { total, open } = plan(part);
  return { total, known: total - open.length };
}

/**
 * Grades every mutant of a part that has not been graded as it is now, and keeps what became of each at once.
 * @param onRun told of each, and of how many checks it failed
 * @throws GraderError where one could not be judged; nothing is kept after it
 */
export async function runMutants(
  part: PartDefinition,
  bench: JudgingBench,
  onRun: (name: string) => void,
): Promise<MutantRecord> {
  const { open, record } = plan(part);
  await judgeAll(
    open,
    ({ overlay }) => bench.judge(part.id, overlay, SETTING),
    ({ file, key, mutant }, checks) => {
      const fails = checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
      const { id, line, mutation, before, after } = mutant;
      record.mutants[id] = { key, file, line, mutation, before, after, fails };
      record.on = thisMachine();
      saveMutants(part.id, record);
      onRun(`${part.id}:${line}, ${fails.length === 0 ? 'survives' : `${fails.length} checks fail`}`);
    },
  );
  saveMutants(part.id, record);
  return record;
}
