import type { Networks } from '../judging/expectation.ts';
import { table } from './markdown-table.ts';
import { PRIVATE_SEED_FILE } from './private-seed.ts';

/** What the page about a course says of its folder. */
export function contentsSection({
  networks,
  hasPrivateSeed,
}: {
  readonly networks: Networks;
  readonly hasPrivateSeed: boolean;
}): string {
  const isOwn = networks === 'own';
  const secretRow = [`\`${PRIVATE_SEED_FILE}\``, 'what the private inputs derive from: for you alone'];
  const rows = [
    ['`introspection-kit.zip`', 'the kit, for the students'],
    ['`autograder.zip`', 'for Gradescope'],
    ...(isOwn ? [['`pictures/`', 'the pictures of the handouts at full size, drawn with this network']] : []),
    ['`template/`', `the students’ files${isOwn ? '; its folder `course/` holds weights and pictures' : ''}`],
    ['`fixtures/`', 'the compiled assignment: `private/` is not for students'],
    ['`assignment_3_submission.zip`', 'the reference as a student would submit it'],
    ...(hasPrivateSeed ? [secretRow] : []),
  ];
  return `## What is in it

${table(['file', 'what it is'], rows)}

\`npm run grade\`, \`batch\`, \`worker\`, \`simulate\`, \`explain\`, \`package\`, \`release\` and \`oracles\` take this folder by \`--course\`.
${hasPrivateSeed ? PRIVATE_INPUTS + (isOwn ? SHIPPED_PICTURES : '') : ''}`;
}

const PRIVATE_INPUTS = `
## The private inputs

The random inputs of private cases derive from the text in \`${PRIVATE_SEED_FILE}\`, which no other file of this folder
holds. With it as \`--private-seed\` the same course is compiled again. Whoever has it can draw the same inputs: keep it
from students.
`;

const SHIPPED_PICTURES = `Where a private case shows pictures of this course, it draws only which of the shipped ones: whoever has the kit can
try them all.
`;
