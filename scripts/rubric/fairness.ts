import { CONDITIONS, PLAIN, type Condition } from '../../authoring/fairness/condition.ts';
import { loadFairness, saveFairness } from '../../authoring/fairness/record.ts';
import { hashOfRight, rightSolutionsOf } from '../../authoring/fairness/right-solutions.ts';
import { differences, type Difference, type SolutionVerdict } from '../../authoring/fairness/verdicts.ts';
import { thisHost } from '../../authoring/judging/this-machine.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { median } from '../bench/median.ts';
import { startProgress } from '../terminal/progress.ts';
import { gradedPartsOf } from './graded-parts.ts';
import { writeRubricPage } from './rubric-page.ts';
import { runUnder, whyNot } from './run-under.ts';

/**
 * Grades the right solutions of some parts, or of all, under some conditions, or all that this machine has, and writes
 * what they change into the record and the page; of some parts alone nothing, since it would hide the others.
 * @param options.all whether a condition that is left out is a finding
 * @throws FindingError naming each check that ended otherwise than on the machine as it is
 */
export async function fairness(
  names: readonly string[],
  asked: readonly string[],
  options: { readonly all: boolean },
): Promise<void> {
  const parts = gradedPartsOf(names).map(({ id }) => id);
  const hash = hashOfRight(parts);
  const plain = await graduallyUnder(PLAIN, parts);
  const found: string[] = [];
  for (const condition of CONDITIONS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const missing = whyNot(condition);
    if (missing !== undefined) {
      const leftOut = `${condition.name} is left out: ${missing}`;
      console.error(leftOut);
      if (options.all) found.push(leftOut);
      continue;
    }
    const here = condition === PLAIN ? plain : await graduallyUnder(condition, parts);
    const different = differences(plain, here);
    if (names.length === 0) keep(condition, { parts, hash }, { plain, here, different });
    found.push(...different.map((one) => `${condition.name}: ${told(one)}`));
  }
  if (names.length === 0) writeRubricPage();
  else console.error('nothing is recorded: the record is of all parts');
  if (found.length > 0) throw new FindingError(found.join('\n'));
}

/** Under one condition, with progress. */
async function graduallyUnder(condition: Condition, parts: readonly string[]): Promise<SolutionVerdict[]> {
  const total = parts.flatMap(rightSolutionsOf).length;
  const progress = startProgress({ title: condition.name, total });
  let done = 0;
  try {
    return await runUnder(condition, parts, ({ solution }) => progress.at(++done, solution));
  } finally {
    progress.end();
  }
}

function keep(
  { name }: Condition,
  { parts, hash }: { readonly parts: readonly string[]; readonly hash: string },
  seen: {
    readonly plain: readonly SolutionVerdict[];
    readonly here: readonly SolutionVerdict[];
    readonly different: readonly Difference[];
  },
): void {
  const { plain, here, different } = seen;
  const before = new Map(plain.map(({ solution, seconds }) => [solution, seconds]));
  const ratios = here.map(({ solution, seconds }) => seconds / (before.get(solution) ?? seconds));
  saveFairness({
    ...loadFairness(),
    [name]: {
      on: thisHost(),
      node: here[0]?.node ?? '',
      parts: [...parts],
      hash,
      solutions: here.length,
      checks: here.reduce((sum, { checks }) => sum + Object.keys(checks).length, 0),
      seconds: Math.round(here.reduce((sum, { seconds }) => sum + seconds, 0)),
      slower: Number(median(ratios).toPrecision(2)),
      differences: [...different],
    },
  });
}

const told = ({ solution, check, plain, here }: Difference): string =>
  `${solution}: ${check} ${plain} as it is, here ${here}`;
