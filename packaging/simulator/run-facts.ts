import { MiB } from '../../grader/format/units.ts';
import type { SubmissionRun } from './run-submission.ts';

/** What the staff know of a run beyond the results. */
export interface RunFacts extends Pick<
  SubmissionRun,
  'seconds' | 'peakBytes' | 'processorSeconds' | 'limits'
> {
  readonly submission: string;
  /** What `run_autograder` printed. */
  readonly stdout: string;
}

type Measured = Pick<RunFacts, 'seconds' | 'peakBytes' | 'processorSeconds' | 'limits'>;

/** What was measured, each with its name. */
export function measuredFacts({
  seconds,
  processorSeconds,
  peakBytes,
  limits,
}: Measured): [string, string][] {
  return [
    ['wall time', `${seconds.toFixed(1)} s`],
    ['processor time', `${processorSeconds.toFixed(1)} s`],
    ['peak memory', `${(peakBytes / MiB).toFixed(0)} MiB`],
    ['limits kept by', limits],
  ];
}

/** The same in one line. */
export function describeMeasured(measured: Measured): string {
  return measuredFacts(measured)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
