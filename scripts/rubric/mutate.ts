import { checkRubric } from '../../authoring/fixtures/check-rubric.ts';
import { loadEquivalent, loadMutants, saveMutants } from '../../authoring/mutants/record.ts';
import { amountOfMutants, runMutants } from '../../authoring/mutants/run-mutants.ts';
import { LEAST_KILLED, survivalOf, type Survival } from '../../authoring/mutants/survival.ts';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import type { RecordedRuns } from '../options/recorded.ts';
import { renderTable } from '../terminal/table.ts';
import { runOpen, tellOpen, type RecordedWork } from './run-open.ts';
import { gradedPartsOf } from './graded-parts.ts';
import { writeRubricPage } from './rubric-page.ts';

const WORK: RecordedWork = { what: 'mutants', amountOf: amountOfMutants, run: runMutants };

/**
 * Grades the mutants of some parts, or of all, and tells which die.
 * @param options.runs whether those that are not known are graded; else only what is known is told
 * @param options.again nothing counts as known
 * @throws FindingError where too few die, or one is called equivalent that is not
 */
export async function mutate(names: readonly string[], options: RecordedRuns): Promise<void> {
  const parts = gradedPartsOf(names);
  if (options.again) for (const { id } of parts) saveMutants(id, { on: '', mutants: {} });
  if (options.runs) await runOpen(parts, WORK);
  else tellOpen(parts, WORK);
  const told = parts
    .map((part) => ({
      part,
      survival: survivalOf(checkRubric(part), loadMutants(part.id), loadEquivalent(part.id)),
    }))
    .filter(({ survival }) => survival.counted > 0);
  for (const { part, survival } of told) {
    for (const [id, { file, line, mutation, before, after }] of survival.survivors)
      console.log(`${id} ${part.id} ${file}:${line}: ${mutation}\n  - ${before}\n  + ${after}`);
  }
  console.log(renderTable(COLUMNS, told.map(rowOf)));
  writeRubricPage();
  const problems = told.flatMap(problemsOf);
  if (problems.length > 0) throw new FindingError(problems.join('\n'));
}

const right = { align: 'right' as const };
const COLUMNS = [
  { name: 'part' },
  { name: 'mutants', ...right },
  { name: 'equivalent', ...right },
  { name: 'killed', ...right },
  { name: 'by private checks', ...right },
];

interface Told {
  readonly part: PartDefinition;
  readonly survival: Survival;
}

const percent = (some: number, all: number): string =>
  all === 0 ? '-' : `${((100 * some) / all).toFixed(1)}%`;

function rowOf({ part, survival: { counted, equivalent, killed, ofValues } }: Told): (string | number)[] {
  return [
    part.id,
    counted,
    equivalent,
    percent(killed, counted),
    percent(ofValues.killedByPrivate, ofValues.counted),
  ];
}

function problemsOf({ part, survival }: Told): string[] {
  const { counted, killed, ofValues, survivors, wronglyEquivalent } = survival;
  const few = (some: number, all: number, least: number): boolean => all > 0 && some / all < least;
  return [
    ...(few(killed, counted, LEAST_KILLED.allChecks)
      ? [
          `${part.id}: ${survivors.size} of ${counted} mutants survive; add a check, or say in fixtures/mutants/equivalent/ why one is no mistake`,
        ]
      : []),
    ...(few(ofValues.killedByPrivate, ofValues.counted, LEAST_KILLED.privateChecks)
      ? [
          `${part.id}: private checks kill ${ofValues.killedByPrivate} of ${ofValues.counted} mutants that change values`,
        ]
      : []),
    ...wronglyEquivalent.map(
      (id) => `${part.id}: ${id} is called equivalent, but a check fails it, or there is no such mutant`,
    ),
  ];
}
