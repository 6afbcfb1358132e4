import { countTold, LEAST_RIGHT, MOST_WRONG, type MeasuredSolution, type PartMeasure } from './measure.ts';

const HEAD = `# How well known mistakes are recognised

Written by \`npm run known-mistakes\` from what was recorded, which lies in \`fixtures/known-mistakes/\`; do not edit it.

What a submission returns is compared with what the solutions in \`fixtures/submissions/should-fail\` return, by
fingerprints. Where exactly one cause explains a failed check, the check tells it; else the simple relation of the result
to the expected value, if there is one; else the hint of its author.

To measure it, wrong solutions are held out: what they return is not known. There are two kinds of them: the folders of
\`should-fail\`, and the same mistakes made once more in right solutions that are written another way
(\`fixtures/known-mistakes/variants\`). Each mistake is followed by its variant, part by part, and every third is held out,
so that of most that are held out the twin is known. Solutions that fail only checks which say themselves what is wrong
(memory, number of operations, source, answers) have no result to be recognised by and are not counted.

**Right cause**: at least one failed check, public or private, tells the cause of the mistake by a fingerprint, and none tells another one.
**By relation**: no cause is told, but a relation that somebody has found to tell this mistake (\`relations\` of its
\`expect.json\`). **Wrong**: some check tells another cause, or a relation that is not among those. At least
${100 * LEAST_RIGHT}% must be right by one or the other, at most ${100 * MOST_WRONG}% wrong.
`;

/** The page for people on how well known mistakes are recognised. */
export function knownMistakesPage(
  measures: readonly PartMeasure[],
  open: ReadonlyMap<string, number>,
): string {
  const heldOut = measures.flatMap((one) => one.heldOut);
  const known = measures.flatMap((one) => one.all);
  const rightOnes = measures.reduce((sum, one) => sum + one.rightOnes, 0);
  const told = measures.flatMap((one) => one.rightOnesTold);
  return [
    HEAD,
    ...(open.size === 0
      ? []
      : [
          'Not measured, since some of their solutions are not recorded as they are now; `npm run known-mistakes` does it:\n',
          ...[...open].map(([title, count]) => `- ${title}, ${count}`),
          '',
        ]),
    '## Held out\n',
    `${tableOf(measures, ({ heldOut: mine }) => mine).join('\n')}\n`,
    `${summary(
      'Of those with a known twin',
      heldOut.filter((one) => one.hasTwin),
    )}`,
    `${summary(
      'Of those whose cause nothing else has',
      heldOut.filter((one) => !one.hasTwin),
    )}`,
    ...listOf('Told a wrong cause', heldOut, 'wrong'),
    ...listOf('Told nothing', heldOut, 'nothing'),
    '## Mistakes that nobody knows\n',
    'Each mistake where nothing with its cause is known, as if it were made for the first time: all that can be told is a relation.\n',
    `${tableOf(measures, ({ unknown }) => unknown).join('\n')}\n`,
    ...listOf(
      'Told a wrong cause or relation',
      measures.flatMap(({ unknown }) => unknown),
      'wrong',
    ),
    '## All known\n',
    'Each solution by what all of them return, itself among them.\n',
    `${tableOf(measures, ({ all }) => all).join('\n')}\n`,
    ...listOf('Told a wrong cause', known, 'wrong'),
    ...listOf('Told nothing', known, 'nothing'),
    '## Right solutions\n',
    `${rightOnes} right solutions fail no check, so they are told nothing. Had any check of theirs failed for another reason, ${told.length} would be told a cause${told.length > 0 ? `: ${told.join(', ')}` : ''}.\n`,
    '## Where and when\n',
    ...[...new Set(measures.map(({ on }) => on))].map((on) => {
      const parts = measures.filter((one) => one.on === on).map(({ part }) => part);
      return `- ${on}: ${parts.join(', ')}`;
    }),
    '',
  ].join('\n');
}

const percent = (some: number, all: number): string =>
  all === 0 ? '-' : `${((100 * some) / all).toFixed(1)}%`;

function summary(who: string, solutions: readonly MeasuredSolution[]): string {
  const [right, relation, wrong] = (['right', 'relation', 'wrong'] as const).map((told) =>
    countTold(solutions, told),
  );
  return `${who}, ${solutions.length}: right cause ${right}, by relation ${relation}, wrong ${wrong}.\n`;
}

function tableOf(
  measures: readonly PartMeasure[],
  of: (measure: PartMeasure) => readonly MeasuredSolution[],
): string[] {
  const row = (name: string, solutions: readonly MeasuredSolution[]): string => {
    const count = solutions.length;
    const [right, relation, nothing, wrong] = (['right', 'relation', 'nothing', 'wrong'] as const).map(
      (told) => countTold(solutions, told),
    );
    return `| ${[name, count, right, relation, nothing, wrong, percent(right + relation, count), percent(wrong, count)].join(' | ')} |`;
  };
  return [
    '| part | solutions | right cause | by relation | nothing | wrong | right | wrong |',
    '|---|---|---|---|---|---|---|---|',
    ...measures.map((one) => row(one.title, of(one))),
    row('all', measures.flatMap(of)),
  ];
}

function listOf(
  title: string,
  solutions: readonly MeasuredSolution[],
  told: MeasuredSolution['told'],
): string[] {
  const mine = solutions.filter((one) => one.told === told);
  return mine.length === 0 ? [] : [`${title}:\n`, ...mine.map(({ name }) => `- ${name}`), ''];
}
