import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../repository.ts';
import { hashOfPart, JudgingBench, keyOf, overlayOf, type Setting } from '../judging/bench.ts';
import type { Overlay } from '../judging/overlaid.ts';
import { judgeAll } from '../judging/judge-all.ts';
import { thisMachine } from '../judging/this-machine.ts';
import { loadMeasured, saveMeasured, type Measured, type MeasuredRun } from './measured.ts';

const SUBMISSIONS = join(FIXTURES, 'submissions');

/** Right solutions are run under all of these, wrong ones under the first. */
const SETTINGS: readonly Setting[] = [
  { backend: 'wasm', threads: 1 },
  { backend: 'wasm', threads: 2 },
  { backend: 'cpu', threads: 1 },
];

/** One submission under one setting. */
interface Task {
  readonly side: 'right' | 'wrong';
  readonly name: string;
  readonly overlay: Overlay;
  readonly setting: Setting;
  readonly key: string;
}

function foldersIn(place: string): string[] {
  const directory = join(SUBMISSIONS, place);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${place}/${name}`);
}

/** All that has to be run of a part, whether or not it has been. */
function tasksOf(part: string): Task[] {
  const hash = hashOfPart(part);
  const task = (side: Task['side'], place: string, overlay: Overlay, setting: Setting): Task => ({
    side,
    name: side === 'right' ? `${place} ${setting.backend} ${setting.threads}` : place,
    overlay,
    setting,
    key: keyOf(hash, overlay, setting),
  });
  const right: readonly (readonly [string, Overlay])[] = [
    ['should-pass/reference', new Map()],
    ...foldersIn(`should-pass/${part}`).map((place) => [place, overlayOf(join(SUBMISSIONS, place))] as const),
  ];
  return [
    ...right.flatMap(([place, overlay]) => SETTINGS.map((setting) => task('right', place, overlay, setting))),
    ...foldersIn(`should-fail/${part}`).map((place) =>
      task('wrong', place, overlayOf(join(SUBMISSIONS, place)), SETTINGS[0]),
    ),
  ];
}

/** How much a part has to be run for, and how much of it was before. */
export interface Amount {
  readonly total: number;
  readonly known: number;
}

/** What is known and still holds, and what has to be run. */
function plan(part: string): { tasks: readonly Task[]; open: readonly Task[]; measured: Measured } {
  const before = loadMeasured(part);
  const tasks = tasksOf(part);
  const measured: Measured = { on: before.on, right: {}, wrong: {} };
  const open = tasks.filter(({ side, name, key }) => {
    const known = before[side][name];
    if (known?.key !== key) return true;
    measured[side][name] = known;
    return false;
  });
  return { tasks, open, measured };
}

export function amountOf(part: string): Amount {
  const { tasks, open } = plan(part);
  return { total: tasks.length, known: tasks.length - open.length };
}

/**
 * Runs all right and wrong solutions of a part that have not been run as they are now, and keeps what each did at once, so
 * that an interrupted work goes on where it ended.
 *
 * @param onRun told of each that was run
 * @throws GraderError where one could not be judged; nothing is kept after it
 */
export async function measure(
  part: string,
  bench: JudgingBench,
  onRun: (name: string) => void,
): Promise<Measured> {
  const { open, measured } = plan(part);
  await judgeAll(
    open,
    ({ overlay, setting }) => runOf(bench, part, overlay, setting),
    ({ side, name, key }, run) => {
      measured.on = thisMachine();
      measured[side][name] = { key, ...run };
      saveMeasured(part, measured);
      onRun(name);
    },
  );
  saveMeasured(part, measured);
  return measured;
}

async function runOf(
  bench: JudgingBench,
  part: string,
  overlay: Overlay,
  setting: Setting,
): Promise<Omit<MeasuredRun, 'key'>> {
  const checks = await bench.judge(part, overlay, setting);
  return {
    fails: checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
    used: Object.fromEntries(
      checks.flatMap(({ id, used }) => (used === undefined ? [] : [[id, Number(used.toPrecision(4))]])),
    ),
  };
}
