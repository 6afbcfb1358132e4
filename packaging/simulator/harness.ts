import {
  GRADESCOPE_TEXT_LIMIT,
  gradescopeResults,
  type GradescopeResults,
  type GradescopeTest,
} from '../../grader/gradescope/results-schema.ts';
import { addPoints } from '../../grader/report/grade-report.ts';

/** What Gradescope would hold of a submission after a run. */
export interface GradescopeRecord {
  readonly results: GradescopeResults;
  /** The run left no usable results. */
  readonly autograderError: boolean;
  /** What Gradescope did to the results silently; for the staff. */
  readonly warnings: readonly string[];
}

export interface FinishedRun {
  /** `results.json` as it was left. */
  readonly results: Uint8Array | undefined;
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly timeoutSeconds: number;
}

function failure(output: string, warnings: readonly string[], autograderError: boolean): GradescopeRecord {
  return { results: { score: 0, output, output_format: 'text', tests: [] }, autograderError, warnings };
}

/** Cuts a long text in its middle, as Gradescope does. */
export function cutInTheMiddle(text: string): string {
  if (text.length <= GRADESCOPE_TEXT_LIMIT) return text;
  const mark = '\n[...]\n';
  const kept = GRADESCOPE_TEXT_LIMIT - mark.length;
  const head = Math.ceil(kept / 2);
  return text.slice(0, head) + mark + text.slice(text.length - (kept - head));
}

/** Every text of a JSON value cut, with NUL and halves of characters replaced; says where. */
function tidyTexts(value: unknown, path: string, warn: (what: string) => void): unknown {
  if (typeof value === 'string') {
    const whole = Buffer.from(value.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
    if (whole !== value) warn(`${path}: NUL or invalid UTF-8 was replaced`);
    if (whole.length > GRADESCOPE_TEXT_LIMIT)
      warn(`${path}: ${whole.length} characters were cut in the middle`);
    return cutInTheMiddle(whole);
  }
  if (Array.isArray(value)) return value.map((item, i) => tidyTexts(item, `${path}[${i}]`, warn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    tidyTexts(item, path ? `${path}.${key}` : key, warn),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function findNull(value: unknown, path: string): string | undefined {
  if (value === null) return path;
  if (typeof value !== 'object') return undefined;
  for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
    const found = findNull(item, path ? `${path}.${key}` : key);
    if (found) return found;
  }
  return undefined;
}

/** What Gradescope makes of a run: a time-out overwrites the results, and what it cannot read scores 0. */
export function asGradescope(run: FinishedRun): GradescopeRecord {
  const warnings: string[] = [];
  if (run.timedOut) {
    const text = `The autograder timed out: it ran for longer than ${run.timeoutSeconds / 60} minutes.`;
    return failure(text, [...warnings, 'the results were overwritten'], true);
  }
  if (run.exitCode !== 0) warnings.push(`run_autograder ended with status ${run.exitCode ?? 'by a signal'}`);
  const unusable = 'The autograder did not produce readable results. Please contact the course staff.';
  if (!run.results) return failure(unusable, [...warnings, 'there is no results.json'], true);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(run.results).toString('utf8'));
  } catch (error) {
    return failure(unusable, [...warnings, `results.json is not JSON: ${String(error)}`], true);
  }
  const nothing = findNull(value, '');
  if (nothing) return failure(unusable, [...warnings, `results.json: ${nothing} is null`], true);
  const tidy = tidyTexts(value, '', (what) => warnings.push(what));
  const parsed = gradescopeResults.safeParse(tidy);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failure(unusable, [...warnings, `results.json: ${issue.path.join('.')}: ${issue.message}`], true);
  }
  return { results: parsed.data, autograderError: false, warnings };
}

/** The score: what the results say, or else the sum of the tests. */
export function scoreOf(results: GradescopeResults): number {
  return results.score ?? addPoints((results.tests ?? []).map((test) => test.score ?? 0));
}

export function maxScoreOf(results: GradescopeResults): number {
  return addPoints((results.tests ?? []).map((test) => test.max_score ?? 0));
}

export function isPassed(test: GradescopeTest): boolean | undefined {
  if (test.status) return test.status === 'passed';
  return test.score === undefined ? undefined : test.score === test.max_score;
}

/** The stage of the course, which decides what results a student may see. */
export type Moment = 'before-due-date' | 'after-due-date' | 'published';

const SHOWN: Readonly<Record<Moment, ReadonlySet<string>>> = {
  'before-due-date': new Set(['visible']),
  'after-due-date': new Set(['visible', 'after_due_date']),
  published: new Set(['visible', 'after_due_date', 'after_published']),
};

/** What a student sees of the results; the total only when no test is hidden. */
export interface StudentView {
  readonly output: GradescopeResults | undefined;
  readonly tests: readonly GradescopeTest[];
  readonly score: number | undefined;
  readonly leaderboard: NonNullable<GradescopeResults['leaderboard']>;
}

export function studentView({ results }: GradescopeRecord, moment: Moment): StudentView {
  const shown = SHOWN[moment];
  const all = results.tests ?? [];
  const inherited = results.visibility ?? 'visible';
  const tests = all.filter((test) => shown.has(test.visibility ?? inherited));
  const everything = shown.has(inherited) && tests.length === all.length;
  return {
    output: shown.has(inherited) ? results : undefined,
    tests,
    score: everything ? scoreOf(results) : undefined,
    leaderboard: results.leaderboard ?? [],
  };
}
