import { GraderError } from '../format/errors.ts';
import { grade } from '../pipeline/grade.ts';
import type { GradeOptions } from '../pipeline/grade-options.ts';
import type { GradeReport, Outcome } from '../report/grade-report.ts';
import { makeScratch } from '../sandbox/scratch.ts';
import { writeSelfTest } from './write-self-test.ts';

type Outcomes = Readonly<Record<string, Outcome>>;

const CHECKS = [
  'weather/value',
  'weather/gradient',
  'weather/converted',
  'weather/hidden-value',
  'poster/picture',
  'poster/leftover',
  'poster/tidy',
  'clock/value',
  'visitor/value',
] as const;

const all = (outcome: Outcome): Outcomes => Object.fromEntries(CHECKS.map((check) => [check, outcome]));

/** What must become of each submission, check by check. */
const KNOWN = {
  template: all('not-attempted'),
  right: all('passed'),
  wrong: { ...all('failed'), 'weather/converted': 'skipped', 'poster/leftover': 'passed' },
} satisfies Record<string, Outcomes>;

export interface SelfTestOptions extends Pick<
  GradeOptions,
  'dependencies' | 'backend' | 'threads' | 'timeFactor' | 'isolation' | 'limits' | 'types'
> {
  /** Told of each submission as it has been graded. */
  readonly log?: (line: string) => void;
}

function differences(name: string, report: GradeReport, known: Outcomes): string[] {
  const found = report.parts.flatMap((part) =>
    part.checks.map((check) => [`${part.id}/${check.id}`, check] as const),
  );
  const missing = Object.keys(known).filter((id) => !found.some(([other]) => other === id));
  return [
    ...missing.map((id) => `${name}: ${id} was not judged`),
    ...found.flatMap(([id, { outcome, message }]) =>
      outcome === known[id]
        ? []
        : [`${name}: ${id} ${outcome} instead of ${known[id]} (${message.join('; ')})`],
    ),
  ];
}

/**
 * Grades the engine's own tiny assignment: a right, a wrong and an unwritten submission, whose results are known.
 * @throws GraderError when a result is another one: this installation must grade nobody
 */
export async function gradeSelfTest(options: SelfTestOptions): Promise<void> {
  const { log, ...gradeOptions } = options;
  const scratch = makeScratch('selftest');
  try {
    const places = writeSelfTest(scratch.path);
    const wrong: string[] = [];
    for (const name of ['template', 'right', 'wrong'] as const) {
      const report = await grade({
        ...gradeOptions,
        submission: places[name],
        template: places.template,
        assignment: places.assignment,
        onTrouble: (message) => wrong.push(`${name}: ${message}`),
      });
      wrong.push(...differences(name, report, KNOWN[name]));
      log?.(
        `self-test: ${name} earned ${report.score} of ${report.points} in ${report.seconds.toFixed(1)} s`,
      );
    }
    if (wrong.length > 0) {
      throw new GraderError(`the self-test came out wrong on this machine:\n  ${wrong.join('\n  ')}`);
    }
  } finally {
    scratch.remove();
  }
}
