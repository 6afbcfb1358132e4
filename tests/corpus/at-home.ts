import { join } from 'node:path';
import { expect } from 'vitest';
import { PracticeSession } from '../../grader/practice/practice-session.ts';
import type { CheckResult, GradeReport } from '../../grader/report/grade-report.ts';
import { ROOT } from '../../repository.ts';
import { course } from './graded.ts';

/** What a student reads of the public checks: outcome, points, every line, and how many pixels each picture has. */
function publicHalf({ parts }: GradeReport): object {
  const told = ({ outcome, earned, message, pictures }: CheckResult): object => ({
    outcome,
    earned,
    message,
    ...(pictures ? { pictures: Object.entries(pictures).map(([name, { data }]) => [name, [...data]]) } : {}),
  });
  const checks = parts.flatMap((part) => part.checks).filter(({ half }) => half === 'public');
  return Object.fromEntries(checks.map((check) => [`${check.part}/${check.id}`, told(check)]));
}

/** The kit's checks, run on what the grader has just graded. */
export class AtHome {
  readonly #session = new PracticeSession({
    assignment: join(course.fixtures, 'public'),
    template: course.template,
    dependencies: ROOT,
  });

  /** Expects of a folder's public checks at home what the grader said of them. */
  readonly compare = async (graded: { folder: string; report: GradeReport }): Promise<void> => {
    const { report, withTypes } = await this.#session.check({
      submission: graded.folder,
      parts: graded.report.parts.map(({ id }) => id),
      all: true,
      types: false,
    });
    await withTypes;
    expect(publicHalf(report)).toEqual(publicHalf(graded.report));
  };

  close(): Promise<void> {
    return this.#session.close();
  }
}
