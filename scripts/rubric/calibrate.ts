import { marginsOf, type Margins } from '../../authoring/calibration/margins.ts';
import { amountOf, measure } from '../../authoring/calibration/measure.ts';
import { loadMeasured, saveMeasured } from '../../authoring/calibration/measured.ts';
import { failuresOf, knowsMistakes } from '../../authoring/calibration/page.ts';
import { needlessReasons, problemsOf } from '../../authoring/calibration/problems.ts';
import { loadReasons } from '../../authoring/calibration/reasons.ts';
import { checkRubric } from '../../authoring/fixtures/check-rubric.ts';
import { mistakesOf } from '../../authoring/judging/mistakes.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import type { RecordedRuns } from '../options/recorded.ts';
import { renderTable } from '../terminal/table.ts';
import { runOpen, tellOpen, type RecordedWork } from './run-open.ts';
import { gradedPartsOf } from './graded-parts.ts';
import { writeRubricPage } from './rubric-page.ts';

const WORK: RecordedWork = {
  what: 'runs',
  amountOf: ({ id }) => amountOf(id),
  run: ({ id }, bench, onRun) => measure(id, bench, onRun),
};

/**
 * Measures how right and wrong solutions lie to each tolerance of some parts, or of all, and writes the page of it.
 * @param options.runs whether what is not known is run; else only what is known is told
 * @param options.again nothing counts as known
 * @throws FindingError naming each check that tells right from wrong badly, and the submission that shows it
 */
export async function calibrate(names: readonly string[], options: RecordedRuns): Promise<void> {
  const parts = gradedPartsOf(names);
  if (options.again) for (const { id } of parts) saveMeasured(id, { on: '', right: {}, wrong: {} });
  if (options.runs) await runOpen(parts, WORK);
  else tellOpen(parts, WORK);
  const problems: string[] = [];
  for (const part of parts) {
    const checks = checkRubric(part).map(({ check }) => check);
    const [measured, mistakes] = [loadMeasured(part.id), mistakesOf(part.id)];
    const margins = marginsOf(checks, measured, mistakes);
    if (margins.length > 0) console.log(`${part.id}\n${renderMargins(margins)}\n`);
    const reasons = knowsMistakes(part.id)
      ? needlessReasons(checks, failuresOf(part.id), loadReasons(part.id))
      : [];
    const found = [...problemsOf(checks, measured, mistakes), ...reasons];
    problems.push(...found.map((line) => `${part.id}/${line}`));
  }
  writeRubricPage();
  if (problems.length > 0) throw new FindingError(problems.join('\n'));
}

function renderMargins(margins: readonly Margins[]): string {
  const times = (factor: number | undefined): string => (factor === undefined ? '-' : factor.toPrecision(3));
  const right = { align: 'right' as const };
  const columns = [
    { name: 'check' },
    { name: 'worst right', ...right },
    { name: 'below', ...right },
    { name: 'best wrong', ...right },
    { name: 'by' },
  ];
  return renderTable(
    columns,
    margins.map((one) => [
      one.check,
      one.right.used,
      times(one.below),
      times(one.above),
      one.wrong?.name.split('/').at(-1) ?? '',
    ]),
  );
}
