import { join } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';
import { PracticeSession } from '../../grader/practice/practice-session.ts';
import type { CheckResult, PartResult } from '../../grader/report/grade-report.ts';
import { ROOT } from '../../repository.ts';
import { course } from './graded.ts';

/**
 * What a student reads of a part's public checks: outcome, points, every line, and each picture, by a hash over its pixels:
 * comparing them one by one takes longer than grading.
 */
export function publicHalf({ checks }: PartResult): object {
  const told = ({ outcome, earned, message, pictures }: CheckResult): object => ({
    outcome,
    earned,
    message,
    ...(pictures
      ? { pictures: Object.entries(pictures).map(([name, { data }]) => [name, sha256(data)]) }
      : {}),
  });
  const ofHalf = checks.filter(({ half }) => half === 'public');
  return Object.fromEntries(ofHalf.map((check) => [check.id, told(check)]));
}

/** The kit's checks, run on what the grader has just graded. */
export class AtHome {
  readonly #session = new PracticeSession({
    assignment: join(course.fixtures, 'public'),
    template: course.template,
    dependencies: ROOT,
  });

  /** Checks some parts of a folder. */
  async check(folder: string, parts: readonly string[]): Promise<readonly PartResult[]> {
    const { report, withTypes } = await this.#session.check({
      submission: folder,
      parts,
      all: true,
      types: false,
    });
    await withTypes;
    return report.parts;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
