import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import { readFingerprint } from '../../grader/mistakes/fingerprint.ts';
import { FIXTURES } from '../../repository.ts';
import { hashOfPart, JudgingBench, keyOf, overlayOf } from '../judging/bench.ts';
import { judgeAll } from '../judging/judge-all.ts';
import { mistakesOf } from '../judging/mistakes.ts';
import type { Overlay } from '../judging/overlaid.ts';
import { thisMachine } from '../judging/this-machine.ts';
import { observe, type Observed } from './observed.ts';
import { loadRecorded, REFERENCE_RUN, saveRecorded, type Recorded, type RecordedRun } from './record.ts';
import { variantsOf } from './variants.ts';

const SUBMISSIONS = join(FIXTURES, 'submissions');

/** As students' submissions are graded. */
const SETTING = { backend: 'wasm', threads: 1 } as const;

interface Task {
  readonly name: string;
  readonly overlay: Overlay;
  readonly key: string;
  /** Checks that it must fail; undefined of a variant of a mistake, which must fail no others than the mistake. */
  readonly fails: readonly string[] | undefined;
  readonly mayFail: readonly string[];
}

/** All submissions of a part that are run, the reference first. */
function tasksOf(part: string): Task[] {
  const hash = hashOfPart(part);
  const mistakes = mistakesOf(part);
  const task = (name: string, overlay: Overlay, fails: Task['fails'], mayFail = fails ?? []): Task => ({
    name,
    overlay,
    key: keyOf(hash, overlay),
    fails,
    mayFail,
  });
  const at = (place: string): Overlay => overlayOf(join(SUBMISSIONS, place));
  return [
    task(REFERENCE_RUN, new Map(), []),
    ...rightOnes(part).map((place) => task(place, at(place), [])),
    ...[...mistakes].map(([place, { fails }]) => task(place, at(place), fails)),
    ...[...variantsOf(part)].map(([mistake, overlay]) =>
      task(
        `again/${part}/${mistake}`,
        overlay,
        undefined,
        mistakes.get(`should-fail/${part}/${mistake}`)?.fails,
      ),
    ),
  ];
}

function rightOnes(part: string): string[] {
  const directory = join(SUBMISSIONS, 'should-pass', part);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `should-pass/${part}/${name}`);
}

function plan(part: string): { total: number; open: readonly Task[]; recorded: Recorded } {
  const before = loadRecorded(part);
  const tasks = tasksOf(part);
  const runs: Record<string, RecordedRun> = {};
  const open = tasks.filter(({ name, key }) => {
    const known = before.runs[name];
    if (known?.key !== key) return true;
    runs[name] = known;
    return false;
  });
  return { total: tasks.length, open, recorded: { on: before.on, runs } };
}

/** How much a part has to be run for, and how much of it is recorded as it is now. */
export function amountOfSolutions(part: string): { readonly total: number; readonly known: number } {
  const { total, open } = plan(part);
  return { total, known: total - open.length };
}

/** What is recorded of a part's submissions as they are now; of those that have changed nothing. */
export function currentRecord(part: string): Recorded {
  return plan(part).recorded;
}

/**
 * Runs the solutions of a part that have not been run as they are now, the reference first, and keeps what each did at
 * once, so that an interrupted work goes on where it ended.
 *
 * @param onRun told of each that was run
 * @throws GraderError where one could not be judged; nothing is kept after it
 */
export async function runSolutions(
  part: string,
  bench: JudgingBench,
  onRun: (name: string) => void,
): Promise<void> {
  const { open, recorded } = plan(part);
  const keep = ({ name, key }: Task, observed: Observed): void => {
    recorded.on = thisMachine();
    recorded.runs[name] = { key, ...observed, saysItself: [...observed.saysItself] };
    saveRecorded(part, recorded);
    onRun(name);
  };
  const isReference = ({ name }: Task): boolean => name === REFERENCE_RUN;
  for (const task of open.filter(isReference)) keep(task, await runOf(task, part, bench, undefined));
  const { returns } = recorded.runs[REFERENCE_RUN];
  const right = new Map(Object.entries(returns).map(([place, line]) => [place, readFingerprint(line)]));
  await judgeAll(
    open.filter((task) => !isReference(task)),
    (task) => runOf(task, part, bench, right),
    keep,
  );
  saveRecorded(part, recorded);
}

/** A busy machine can end a call that would have been in time elsewhere. */
const MOST_TRIES = 3;

/** @throws GraderError where it fails other checks than it must, whenever it is tried */
async function runOf(...[task, part, bench, right]: Parameters<typeof runOnce>): Promise<Observed> {
  for (let tries = 1; ; tries++) {
    const observed = await runOnce(task, part, bench, right);
    const problem = otherThanExpected(task, observed);
    if (problem === undefined) return observed;
    if (tries === MOST_TRIES) throw new GraderError(`${task.name}: ${problem}`);
  }
}

/** What is wrong with the checks that a submission failed. */
export function otherThanExpected(
  { fails, mayFail }: Pick<Task, 'fails' | 'mayFail'>,
  { fails: ofValues, saysItself }: Pick<Observed, 'fails' | 'saysItself'>,
): string | undefined {
  const failed = [...Object.keys(ofValues), ...saysItself];
  const extra = failed.filter((id) => !mayFail.includes(id));
  const missing = (fails ?? []).filter((id) => !failed.includes(id));
  if (extra.length > 0)
    return `fails ${extra.join(', ')}, which it must not; correct expect.json or the solution`;
  return missing.length > 0
    ? `does not fail ${missing.join(', ')}; correct expect.json or the solution`
    : undefined;
}

async function runOnce(
  { name, overlay }: Task,
  part: string,
  bench: JudgingBench,
  right: Parameters<typeof observe>[1],
): Promise<Observed> {
  let observed: Observed | undefined;
  await bench.judge(part, overlay, SETTING, ({ part: { checks }, evidence, checks: results }) => {
    observed = observe({ checks, evidence, results }, right);
  });
  if (!observed) throw new GraderError(`${name}: the part was not judged`);
  return observed;
}
