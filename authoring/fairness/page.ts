import { CONDITIONS } from './condition.ts';
import type { FairnessRecord } from './record.ts';

const HEAD = `## Under load, and elsewhere

The right solutions of the corpus, graded as students' are under other conditions (\`npm run fairness\`). **Different** are
checks that end otherwise than on the machine as it is, time-outs among them. **Slower** is the median over the solutions of
how many times as long a grading took.
`;

/** The section for people on what the machine and the place change of a verdict. */
export function fairnessSection(record: FairnessRecord): string {
  const rows = CONDITIONS.flatMap(({ name, what }) => {
    const one = record[name];
    if (!one) return [];
    const cells = [what, one.node, one.solutions, one.checks, one.differences.length, one.slower, one.on];
    return [`| ${cells.join(' | ')} |`];
  });
  if (rows.length === 0) return `${HEAD}\nNot tried yet.\n`;
  const different = CONDITIONS.flatMap(({ name, what }) =>
    (record[name]?.differences ?? []).map(
      ({ solution, check, plain, here }) =>
        `- ${what}: \`${solution}\`, \`${check}\`: ${plain}, here ${here}`,
    ),
  );
  const table = [
    '| condition | Node.js | solutions | checks | different | slower | tried |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ];
  return [HEAD, ...table, '', ...(different.length > 0 ? [...different, ''] : [])].join('\n');
}
