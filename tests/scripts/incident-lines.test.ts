import { expect, it } from 'vitest';
import type { Incident } from '../../grader/format/incident.ts';
import { incidentLines } from '../../scripts/explain/incident-lines.ts';

const incident: Incident = {
  ...{ kind: 'ended', what: 'it exited', part: 'tv-loss', case: 'secret-case', call: 'loss' },
  ...{ checks: ['batch'], count: 2 },
};
const report = { incidents: [incident, { ...incident, part: 'quiz' }] };

it('incidents of a part are counted for students, and told to the staff alone', () => {
  expect(incidentLines(report, 'tv-loss', false)).toEqual(['1 incident, which --reveal shows']);
  const [line] = incidentLines(report, 'tv-loss', true);
  expect(line).toContain('ended: it exited in the case “secret-case”, call loss, 2 times');
  expect(incidentLines(report, 'style-loss', false)).toEqual([]);
});
