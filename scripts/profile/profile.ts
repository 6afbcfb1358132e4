import { execa } from 'execa';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';
import type { Phase } from '../../grader/format/phase.ts';
import { MiB } from '../../grader/format/units.ts';
import { EXAMPLE, ROOT } from '../../repository.ts';
import { renderTable } from '../terminal/table.ts';
import { canWatch, ProcessWatch, type WatchedProcess } from './process-watch.ts';
import { traceOf } from './trace.ts';
import type { TracedGrading } from './traced-grading.ts';

export interface ProfileOptions {
  readonly part?: readonly string[];
  readonly out: string;
}

const START = join(ROOT, 'compiled', 'start.mjs');
const PROGRAM = 'scripts/profile/traced-grading.ts';

const seconds = (value: number): string => value.toFixed(2);
const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** Grades a submission as `npm run grade` does, prints where the time goes and writes a trace. */
export async function profile(submission: string | undefined, options: ProfileOptions): Promise<void> {
  if (!canWatch()) throw new UsageError('this system does not list the children of a process; use Linux');
  const began = Date.now();
  const running = execa(
    process.execPath,
    [START, PROGRAM, resolve(submission ?? EXAMPLE), ...(options.part ?? [])],
    { cwd: ROOT, stderr: 'inherit' },
  );
  const watch = new ProcessWatch(running.pid!);
  const ended = await running.finally(() => watch.stop());
  const processes = watch.stop();
  const traced = JSON.parse(ended.stdout) as TracedGrading;
  const phases: Phase[] = [{ name: 'start', what: '', start: began, end: traced.began }, ...traced.phases];
  writeFileSync(options.out, traceOf({ origin: began, phases, processes }));
  const wall = (traced.ended - began) / 1000;
  const lines = [
    phaseTable(phases, wall),
    'Phases that run beside others count fully, so that the sum may be more than the whole.',
    processTable(processes),
    `${seconds(wall)} s wall, ${seconds(sumOf(processes))} processor seconds; score ${traced.score} of ${traced.points}`,
    `${options.out}: open it in ui.perfetto.dev or the performance panel of a browser`,
  ];
  process.stdout.write(`${lines.join('\n\n')}\n`);
}

const sumOf = (processes: readonly WatchedProcess[]): number =>
  processes.reduce((sum, { processorSeconds }) => sum + processorSeconds, 0);

function phaseTable(phases: readonly Phase[], wall: number): string {
  const rows = [...new Set(phases.map(({ name }) => name))].map((name) => {
    const all = phases.filter((one) => one.name === name);
    const took = all.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0);
    return { name, count: all.length, took };
  });
  return renderTable(
    [
      { name: 'phase' },
      { name: 'times', align: 'right' },
      { name: 's', align: 'right' },
      { name: 'of the whole', align: 'right' },
    ],
    rows
      .toSorted((a, b) => b.took - a.took)
      .map(({ name, count, took }) => [name, count, seconds(took), percent(took / wall)]),
  );
}

function processTable(processes: readonly WatchedProcess[]): string {
  const whole = sumOf(processes);
  const roles = [...new Set(processes.map(({ role }) => role))];
  return renderTable(
    [
      { name: 'processes' },
      { name: 'count', align: 'right' },
      { name: 'processor s', align: 'right' },
      { name: 'of all', align: 'right' },
      { name: 'largest, MiB', align: 'right' },
    ],
    roles
      .map((role) => processes.filter((one) => one.role === role))
      .map((all) => ({ role: all[0].role, all, sum: sumOf(all) }))
      .toSorted((a, b) => b.sum - a.sum)
      .map(({ role, all, sum }) => [
        role,
        all.length,
        seconds(sum),
        percent(sum / whole),
        Math.round(Math.max(...all.map(({ peakBytes }) => peakBytes)) / MiB),
      ]),
  );
}
