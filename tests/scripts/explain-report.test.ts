import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { FIXTURES } from '../../repository.ts';
import { explainReport } from '../../scripts/explain/explain-report.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';

const assignment = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
const tvLoss = assignment.parts.find(({ id }) => id === 'tv-loss')!;

/** A report in which every check of the part ended in a way. */
function reportOn(change: Parameters<typeof checkResult>[0]) {
  const checks = tvLoss.checks.map(({ check: { id, title }, half }) =>
    checkResult({ id, title, half, part: 'tv-loss', ...change }),
  );
  const [part] = sampleReport(checks).parts;
  return sampleReport(checks, { parts: [{ ...part, id: 'tv-loss' }] });
}

const explained = (report: ReturnType<typeof reportOn>, isByName: boolean) =>
  explainReport({
    ...{ assignment, report, files: new Map(), grading: 'never', networks: 'embedded', reveal: false },
    asked: { parts: undefined, isWanted: ({ outcome }) => outcome !== 'passed', isByName },
  });

it('names what was not attempted in a line, and says more of it where somebody asks', async () => {
  const report = reportOn({ outcome: 'not-attempted', earned: 0, message: ['Not attempted yet.'] });
  const { text, explanation } = await explained(report, false);
  expect(text.filter((line) => line.includes('not attempted'))).toEqual([
    `    not attempted: ${tvLoss.checks.map(({ check }) => check.id).join(', ')}`,
  ]);
  expect(text.length).toBeLessThan(6);
  expect(explanation.checks.size).toBe(tvLoss.checks.length);
  const { text: asked } = await explained(report, true);
  expect(asked).toContain('tv-loss/by-hand: not attempted, 0 of 2 points, public');
  expect(asked.join('\n')).toContain('const loss = tvLoss(image, 0.5);');
});
