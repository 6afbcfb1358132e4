/** Grades the example once and prints an `ExampleTimes` as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNNER } from '../../grader/child/build.ts';
import { CHILD_TIMING } from '../../grader/child/child.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { allPids, commandOf } from '../../grader/sandbox/process-table.ts';
import { EXAMPLE, FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import type { ExampleTimes } from './configuration.ts';

const SAMPLE_MS = 20;

/** The largest resident memory so far, KiB, of the processes that run the grader's runner. */
function childPeak(): number {
  let peak = 0;
  for (const pid of allPids().filter((one) => commandOf(one).includes(RUNNER))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      // Not of what starts it.
      if (!status.startsWith('Name:\tnode')) continue;
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It ended while it was read.
    }
  }
  return peak;
}

let peak = 0;
const sampler =
  process.platform === 'linux'
    ? setInterval(() => (peak = Math.max(peak, childPeak())), SAMPLE_MS)
    : undefined;
const report = await grade({
  submission: EXAMPLE,
  assignment: [join(FIXTURES, 'public'), join(FIXTURES, 'private')],
  template: TEMPLATE,
  dependencies: ROOT,
});
const total = performance.now();
clearInterval(sampler);
if (report.score < report.points)
  throw new Error(`the example got ${report.score} of ${report.points} points`);

const spans = performance
  .getEntriesByName(CHILD_TIMING)
  .map(({ startTime, duration }) => ({ from: startTime, to: startTime + duration }))
  .toSorted((a, b) => a.from - b.from);
let covered = 0;
let end = 0;
for (const { from, to } of spans) {
  covered += Math.max(0, to - Math.max(from, end));
  end = Math.max(end, to);
}
const times: ExampleTimes = { total, outside: total - covered, childPeakMiB: peak / 1024 };
process.stdout.write(JSON.stringify(times));
