import type { Block } from '../../grader/report/page/explanation.ts';
import { bonusRemark, type CheckResult, type PartResult } from '../../grader/report/grade-report.ts';

const WORD: Readonly<Record<CheckResult['outcome'], string>> = {
  passed: 'passed',
  failed: 'FAILED',
  skipped: 'skipped',
  errored: 'NOT JUDGED',
  'not-attempted': 'not attempted',
};

const blockText = ({ heading, lines }: Block): string[] => [
  `  ${heading}`,
  ...lines.map((line) => `    ${line}`),
];

/** A part as text: a heading, and what is said of it as a whole. */
export const partText = (part: PartResult, blocks: readonly Block[]): string[] => [
  `== ${part.title}: ${part.earned} of ${part.points} points${bonusRemark(part)}`,
  ...blocks.flatMap(blockText),
];

/** A check as text: how it ended, and what is said of it. */
export const checkText = (
  { id, part, title, half, outcome, earned, points, bonus }: CheckResult,
  blocks: readonly Block[],
): string[] => [
  `${part}/${id}: ${WORD[outcome]}, ${earned} of ${points}${bonus ? ' bonus' : ''} points, ${half}`,
  `  ${title}`,
  ...blocks.flatMap(blockText),
];
