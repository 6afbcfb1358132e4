/** Grades once and prints a `TracedGrading` as JSON. Arguments: a submission, then ids of parts; none for all. */
import { phases, type Phase } from '../../grader/format/phase.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { ASSIGNMENT, ROOT, TEMPLATE } from '../../repository.ts';

/** What a grading in a process of its own says of itself; times are milliseconds since the epoch. */
export interface TracedGrading {
  /** When its modules were loaded. */
  readonly began: number;
  readonly ended: number;
  readonly phases: readonly Phase[];
  readonly score: number;
  readonly points: number;
}

const [submission, ...parts] = process.argv.slice(2);
const now = (): number => performance.timeOrigin + performance.now();
const seen: Phase[] = [];
phases.subscribe((message) => {
  const { start, end, ...rest } = message as Phase;
  seen.push({ ...rest, start: performance.timeOrigin + start, end: performance.timeOrigin + end });
});
const began = now();
const { score, points } = await grade({
  submission,
  assignment: ASSIGNMENT,
  template: TEMPLATE,
  dependencies: ROOT,
  ...(parts.length > 0 ? { parts } : {}),
  onUpdate: () => undefined,
  onTrouble: (message) => console.error(message),
});
const traced: TracedGrading = { began, ended: now(), phases: seen, score, points };
process.stdout.write(JSON.stringify(traced));
