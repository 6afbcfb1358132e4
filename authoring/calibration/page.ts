import type { PartDefinition } from '../../grader/assignment/define.ts';
import { checkRubric } from '../fixtures/check-rubric.ts';
import { fairnessSection } from '../fairness/page.ts';
import { loadFairness } from '../fairness/record.ts';
import { mistakesOf } from '../judging/mistakes.ts';
import { loadEquivalent, loadMutants, type MutantRecord } from '../mutants/record.ts';
import { survivalOf } from '../mutants/survival.ts';
import {
  LARGEST_MARGIN,
  LEAST_MARGIN,
  marginsOf,
  neverAlone,
  type Margins,
  type NeverAlone,
} from './margins.ts';
import { loadMeasured, type Measured } from './measured.ts';
import { loadReasons, reasonFor, type Reason, type Reasons } from './reasons.ts';

/** Of the checks that always fail with another. */
const MOST_NAMED = 3;

const HEAD = `# How well the rubric tells right from wrong

Written by \`npm run calibrate\`, \`mutate\` and \`fairness\` from what was measured, which lies in \`fixtures/calibration/\`,
\`fixtures/mutants/\` and \`fixtures/fairness.json\`; do not edit it.
Measured again is what has other files, cases, checks or expected values; not what only runs on a changed grader, given
code (\`lib/\`) or reference.

A comparison uses some share of its tolerance: 1 is the limit. **Worst right** is the largest share that a right solution
used: the reference and \`fixtures/submissions/should-pass\`, on \`wasm\` with 1 and 2 threads and on \`cpu\`. **Best wrong** is
the smallest that a typical mistake used that must fail the check; those that return another shape, NaN or nothing have no
share. Both margins, how many times the tolerance lies above the one and below the other, must be ${LEAST_MARGIN} or more.
Where right solutions differ by less than one rounding, a relative error of 1e-7 stands in; a tolerance that lies more than
${LARGEST_MARGIN} times above what right solutions need is too wide.

A **mutant** is the reference with one small mistake in it (\`npm run mutate\`); it dies when a check fails. Those that compute
the same as the reference are named, each with the reason, in \`fixtures/mutants/equivalent/\`.

Beside a check that nothing fails alone stands why it is there, as \`fixtures/calibration/reasons/\` has it. One in italics
is a stock reason, which goes by what kind of check it is and whether students see it: nobody has looked into that check.
`;

/** The page for people on how every part's checks lie between right and wrong solutions, as far as it was measured. */
export function rubricPage(parts: readonly PartDefinition[]): string {
  return [HEAD, ...parts.map(sectionOf), fairnessSection(loadFairness())].join('\n');
}

function sectionOf(part: PartDefinition): string {
  const measured = loadMeasured(part.id);
  const mutants = loadMutants(part.id);
  const rated = checkRubric(part);
  const title = `## ${part.title}\n`;
  const paragraphs = [...calibration(part, rated, measured), ...mutation(part, rated, mutants)];
  if (paragraphs.length === 0) return `${title}\nNot measured yet.\n`;
  return [title, ...paragraphs, ...(knowsMistakes(part.id) ? togetherWithOthers(part.id, rated) : [])].join(
    '\n',
  );
}

type Rated = ReturnType<typeof checkRubric>;

function calibration(part: PartDefinition, rated: Rated, measured: Measured): string[] {
  const [right, wrong] = [measured.right, measured.wrong].map((side) => Object.keys(side).length);
  if (right === 0) return [];
  const checks = rated.map(({ check }) => check);
  const margins = marginsOf(checks, measured, mistakesOf(part.id));
  return [
    `${right} runs of right solutions, ${wrong} mistakes; ${measured.on}.\n`,
    ...(margins.length === 0 ? [] : [`${tableOf(margins).join('\n')}\n`]),
  ];
}

function mutation({ id }: PartDefinition, rated: Rated, record: MutantRecord): string[] {
  const { counted, equivalent, killed, ofValues, survivors } = survivalOf(rated, record, loadEquivalent(id));
  if (counted === 0) return [];
  const alike = equivalent === 0 ? '' : `, ${equivalent} more compute the same`;
  const alive = [...survivors].map(
    ([name, { file, line, before, after }]) =>
      `- ${name}, ${file}:${line}\n\n      ${before}\n      ${after}\n`,
  );
  return [
    `${killed} of ${counted} mutants die${alike}; private checks alone kill ${ofValues.killedByPrivate} of the ` +
      `${ofValues.counted} that change values; ${record.on}.\n`,
    ...(alive.length === 0 ? [] : ['Alive:\n', ...alive]),
  ];
}

/** Checks that nothing fails alone, with the reason why they are there; undefined where nothing fails them at all. */
export function companions(
  rated: Rated,
  failures: readonly (readonly string[])[],
  found: Reasons,
): (NeverAlone & { readonly reason: Reason | undefined })[] {
  const known = new Map(
    rated.map(({ check: { id, kind }, visibility }) => [id, { kind, isPublic: visibility === 'public' }]),
  );
  const checks = rated.map(({ check }) => check);
  return neverAlone(checks, failures).map((one) => ({
    ...one,
    reason: reasonFor(one, { ...known.get(one.check)!, found }),
  }));
}

/** Whether every mistake of a part is recorded, so that what none of them fails can be told. */
export function knowsMistakes(part: string): boolean {
  const { wrong } = loadMeasured(part);
  const names = [...mistakesOf(part).keys()];
  return names.length > 0 && names.every((name) => Object.hasOwn(wrong, name));
}

/** By the checks that they failed: the mistakes and the mutants of a part. */
export function failuresOf(part: string): readonly (readonly string[])[] {
  return [loadMeasured(part).wrong, loadMutants(part).mutants].flatMap((all) =>
    Object.values(all).map(({ fails }) => fails),
  );
}

function togetherWithOthers(part: string, rated: Rated): string[] {
  const rows = companions(rated, failuresOf(part), loadReasons(part)).map((companion) => {
    const { check, failures, always, reason } = companion;
    const names = always.slice(0, MOST_NAMED).map((id) => `\`${id}\``);
    const cells = [`\`${check}\``, failures, names.join(', '), inWords(reason)];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['| nothing fails it alone | failures | always with | why it is there |', '|---|---|---|---|'];
  return rows.length === 0 ? [] : [[...head, ...rows].join('\n'), ''];
}

function inWords(reason: Reason | undefined): string {
  if (!reason) return '**nothing fails it**';
  return reason.isStock ? `*${reason.text}*` : reason.text;
}

function tableOf(margins: readonly Margins[]): string[] {
  const rows = margins.map(({ check, tolerance, right, wrong, below, above }) => {
    const best = wrong ? `${wrong.used} (${wrong.name.split('/').at(-1)})` : '';
    const cells = [
      `\`${check}\``,
      tolerance,
      right.used,
      short(below),
      best,
      above === undefined ? '' : short(above),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| check | tolerance | worst right | margin | best wrong | margin |',
    '|---|---|---|---|---|---|',
    ...rows,
  ];
}

const short = (factor: number): string => String(Number(factor.toPrecision(2)));
