import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { mapTensors } from '../../grader/numeric/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { FIXTURES } from '../../repository.ts';
import { explainCheck } from '../../scripts/explain/explain-check.ts';
import { checkResult } from '../gradescope/sample-report.ts';
import { sampleMap } from '../report/evidence.ts';

const assignment = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);

/** What is said of a check of the total variation loss, or of another part, by heading. */
function explained(
  name: string,
  change: Partial<CheckResult>,
  reveal = false,
): Readonly<Record<string, string>> {
  const [id, partId = 'tv-loss'] = name.split('/').reverse();
  const part = assignment.parts.find((one) => one.id === partId)!;
  const loaded = part.checks.find(({ check }) => check.id === id)!;
  const result = checkResult({ id, half: loaded.half, outcome: 'failed', ...change });
  const blocks = explainCheck({ loaded, cases: part.cases, result, answers: [], reveal });
  return Object.fromEntries(blocks.map(({ heading, lines }) => [heading.split(',')[0], lines.join('\n')]));
}

const found = (tensors: CheckResult['tensors']) => ({
  staffOnly: { message: ['expected 12345'], ...(tensors ? { tensors } : {}) },
});

describe('a private check without --reveal', () => {
  it('tells the tolerance, and shape and range of what was expected and received', () => {
    const { tolerance, ...more } = explained('batch', { used: 9942, ...found(sampleMap()) });
    expect(tolerance).toBe('values may differ by 0.000001 + 0.0001*|expected|\n9942 times the tolerance');
    expect(more['expected and received']).toMatch(
      /^expected: shape \[2,5,8\], -?\d\S* to \S+, mean \S+\nreceived: shape \[2,5,8\], -?\d\S* to /,
    );
    expect(more.inputs).toBeUndefined();
  });

  it.each([
    [
      'few values',
      mapTensors({
        expected: { dtype: 'float32', shape: [2], data: Float32Array.of(123, 456) },
        received: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) },
        atol: 0,
        rtol: 0,
      }),
      'expected: shape [2], values that --reveal shows\nreceived: shape [2], values that --reveal shows',
    ],
  ])('keeps the range of %s, which is the values', (_, tensors, line) => {
    expect(explained('batch', found(tensors))['expected and received']).toBe(line);
  });

  it('has no heading over nothing where a number was compared, or nothing was returned', () => {
    expect(explained('batch', { used: 9942, ...found(undefined) })['expected and received']).toBeUndefined();
  });

  it('keeps the limits of a property, and says why nothing was measured', () => {
    const kept = 'the limits of a property, which --reveal shows';
    expect(explained('flat', { outcome: 'skipped' }).tolerance).toBe(
      `${kept}\nnothing was compared: the check was skipped`,
    );
    const why = 'nothing could be measured by it;';
    expect(explained('flat', found(undefined)).tolerance).toBe(
      `${kept}\n${why} the message says why, as far as students may know`,
    );
    expect(explained('flat', found(undefined), true).tolerance).toBe(
      `the norm of the gradient is at most 0.000001\n${why} the message to the staff says why`,
    );
    expect(explained('by-hand', {}).tolerance).toContain(`${why} the message says why`);
  });

  it('says nothing of values where a quiz was answered', () => {
    expect(explained('concept-quiz/saliency', found(undefined))).toEqual({});
  });
});

it('marks the call that a picture is drawn of', () => {
  const { 'calls of the case “film”; > is what this check looks at': calls } = explained(
    'class-visualization/film',
    {},
  );
  expect(calls).toMatch(/^> const film = filmStrip\(/m);
});
