import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { knownMistakesFiles } from '../../authoring/known-mistakes/files.ts';
import {
  countTold,
  LEAST_RIGHT,
  measureKnown,
  MOST_WRONG,
  openParts,
  type PartMeasure,
} from '../../authoring/known-mistakes/measure.ts';
import { knownMistakesPage } from '../../authoring/known-mistakes/page.ts';
import { saveRecorded } from '../../authoring/known-mistakes/record.ts';
import { amountOfSolutions, runSolutions } from '../../authoring/known-mistakes/run-solutions.ts';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { half } from '../../grader/assignment/half.ts';
import { KNOWN_MISTAKES } from '../../grader/assignment/load.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import type { RecordedRuns } from '../options/recorded.ts';
import { runOpen, tellOpen, type RecordedWork } from './run-open.ts';
import { gradedParts, gradedPartsOf } from './graded-parts.ts';

const PAGE = 'docs/known-mistakes.md';

const WORK: RecordedWork = {
  what: 'solutions',
  amountOf: ({ id }) => amountOfSolutions(id),
  run: ({ id }, bench, onRun) => runSolutions(id, bench, onRun),
};

/**
 * Records what the right and wrong solutions of some parts return, or of all; writes what the grader needs of it, and the
 * page on how well mistakes are recognised by it.
 * @param options.runs whether what is not recorded is run; else only what is recorded is written
 * @param options.again nothing counts as recorded
 * @throws FindingError where too few are recognised, or a cause is told that is not the right one
 */
export async function recordKnownMistakes(names: readonly string[], options: RecordedRuns): Promise<void> {
  const parts = gradedPartsOf(names);
  if (options.again) for (const { id } of parts) saveRecorded(id, { on: '', runs: {} });
  if (options.runs) await runOpen(parts, WORK);
  else tellOpen(parts, WORK);
  writeHalves(gradedParts);
  const measures = gradedParts.flatMap((part) => measureKnown(part) ?? []);
  writeFileSync(join(ROOT, PAGE), knownMistakesPage(measures, openParts(gradedParts)));
  console.log(`${PAGE} written`);
  const problems = problemsOf(measures);
  if (problems.length > 0) throw new FindingError(problems.join('\n'));
}

/** What is known of each half, in its folder; what is no longer known is removed. */
function writeHalves(parts: readonly PartDefinition[]): void {
  const files = knownMistakesFiles(parts);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(FIXTURES, path)), { recursive: true });
    writeFileSync(join(FIXTURES, path), text);
  }
  for (const of of half.options) {
    const folder = join(FIXTURES, of, KNOWN_MISTAKES);
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (!files.has(`${of}/${KNOWN_MISTAKES}/${name}`)) rmSync(join(folder, name));
    }
  }
  console.log(`fixtures/: known mistakes in ${files.size} files`);
}

function problemsOf(measures: readonly PartMeasure[]): string[] {
  const heldOut = measures.flatMap((one) => one.heldOut);
  const right = countTold(heldOut, 'right') + countTold(heldOut, 'relation');
  const wrong = countTold(heldOut, 'wrong');
  return [
    ...(right < LEAST_RIGHT * heldOut.length
      ? [`${right} of ${heldOut.length} wrong solutions that are held out are told the right cause`]
      : []),
    ...(wrong > MOST_WRONG * heldOut.length
      ? [`${wrong} of ${heldOut.length} wrong solutions that are held out are told a wrong cause`]
      : []),
    ...measures.flatMap(({ rightOnesTold }) =>
      rightOnesTold.map((name) => `${name}: is right, and is told a cause`),
    ),
  ];
}
