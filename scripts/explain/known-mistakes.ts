import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectation, expectedOn, type Networks } from '../../authoring/judging/expectation.ts';
import { readMistakePage } from '../../authoring/judging/mistake-page.ts';
import { readJson } from '../../grader/format/read-json.ts';

/** A wrong solution of the corpus that fails much the same checks. */
export interface KnownMistake {
  readonly name: string;
  /** What its page says of it, without why it keeps the points that it does. */
  readonly about: string;
  /** Checks that fail in both, as a share of those that fail in one of them. */
  readonly likeness: number;
  /** Its cause is what a failed check names as likely. */
  readonly isNamed: boolean;
  /** How many of the failed checks found the same values in it, where it was graded. */
  readonly same?: number;
}

const LEAST_LIKENESS = 0.5;
const MOST = 5;

/**
 * The known mistakes of a part that fail the same checks: those first whose cause is named, then the nearest.
 * @param networks some mistakes fail other checks on a course's own
 * @param causes what failed checks name as likely
 */
export function knownMistakes(
  corpus: string,
  failed: readonly string[],
  networks: Networks,
  causes: ReadonlySet<string> = new Set(),
): KnownMistake[] {
  if (failed.length === 0 || !existsSync(corpus)) return [];
  const own = new Set(failed);
  return readdirSync(corpus)
    .filter((name) => existsSync(join(corpus, name, 'expect.json')))
    .map((name) => {
      const folder = join(corpus, name);
      const described = readJson(join(folder, 'expect.json'), expectation, 'see docs/instructors.md');
      const { fails } = expectedOn(networks, described);
      const both = fails.filter((check) => own.has(check)).length;
      return {
        name,
        about: readMistakePage(folder).about,
        likeness: both / (own.size + fails.length - both),
        isNamed: described.cause !== undefined && causes.has(described.cause),
      };
    })
    .filter(({ likeness, isNamed }) => isNamed || likeness >= LEAST_LIKENESS)
    .toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.likeness - a.likeness)
    .slice(0, MOST);
}
