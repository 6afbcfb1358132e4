import { CONDITIONS } from './condition.ts';
import type { FairnessRecord } from './record.ts';
import { hashOfRight } from './right-solutions.ts';

const HEAD = `## Under load, and elsewhere

The right solutions of the corpus, graded as students' are under other conditions (\`npm run fairness\`). **Different** are
checks that end otherwise than on the machine as it is, time-outs among them. **Slower** is the median over the solutions of
how many times as long a grading took. **Before the last change**: checks or right solutions are others now.
`;

/**
 * The section for people on what the machine and the place change of a verdict.
 * @param hashOf the hash of some parts and their right solutions as they are now
 */
export function fairnessSection(record: FairnessRecord, hashOf = hashOfRight): string {
  const rows = CONDITIONS.flatMap(({ name, what }) => {
    const one = record[name];
    if (!one) return [];
    const tried = one.hash === hashOf(one.parts) ? one.on : `${one.on}, before the last change`;
    const cells = [what, one.node, one.solutions, one.checks, one.differences.length, one.slower, tried];
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
