import { describe, expect, it } from 'vitest';
import { rateChecks } from '../../../authoring/fixtures/check-rubric.ts';
import { addPoints } from '../../../grader/report/grade-report.ts';
import { assignment } from '../../../reference/assignment.ts';

describe('at least half of the points are judged on what students have not seen', () => {
  it.each(assignment.parts.map((part) => [part.id, part] as const))('%s', (_, part) => {
    const { rated } = rateChecks(part);
    for (const bonus of [false, true]) {
      const counted = rated.filter(({ check }) => (check.bonus ?? false) === bonus);
      const pointsOf = (half: 'public' | 'private'): number =>
        addPoints(counted.filter((one) => one.visibility === half).map(({ check }) => check.points));
      expect(pointsOf('private')).toBeGreaterThanOrEqual(pointsOf('public'));
    }
  });
});
