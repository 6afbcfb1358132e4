import type { PartDefinition } from '../../grader/assignment/define.ts';
import { half } from '../../grader/assignment/half.ts';
import { KNOWN_MISTAKES } from '../../grader/assignment/load.ts';
import type { KnownMistakes } from '../../grader/mistakes/known-mistakes.ts';
import { checkRubric } from '../fixtures/check-rubric.ts';
import { mistakesOf } from '../judging/mistakes.ts';
import { checksSeen, knownMistakesOf, wrongSolutions } from './compile.ts';
import { amountOfSolutions, currentRecord } from './run-solutions.ts';

/**
 * What the grader knows of wrong solutions, by path below `fixtures/`: of each half apart. What was recorded of files,
 * cases or checks that are others now is left out, and with it the whole part: where not all of its mistakes are known, a
 * result is more likely to be told the cause of another.
 *
 * @param amountOf how many solutions a part has, and how many are recorded as they are now
 */
export function knownMistakesFiles(
  parts: readonly PartDefinition[],
  amountOf: typeof amountOfSolutions = amountOfSolutions,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of parts.filter(({ solved }) => !solved)) {
    const { total, known: count } = amountOf(part.id);
    if (count < total) continue;
    const recorded = currentRecord(part.id);
    const wrong = wrongSolutions(recorded, mistakesOf(part.id));
    const rated = checkRubric(part);
    for (const of of half.options) {
      const known = knownMistakesOf(recorded, {
        checks: checksSeen(rated, of),
        wrong,
        named: of === 'private',
      });
      if (known) files.set(`${of}/${KNOWN_MISTAKES}/${part.id}.json`, textOf(known));
    }
  }
  return files;
}

/** JSON with a mistake a line. */
function textOf({ format, right, mistakes }: KnownMistakes): string {
  const lines = mistakes.map((mistake) => `    ${JSON.stringify(mistake)}`);
  const head = `{\n  "format": ${format},\n  "right": ${JSON.stringify(right)},\n  "mistakes": [\n`;
  return `${head}${lines.join(',\n')}\n  ]\n}\n`;
}
