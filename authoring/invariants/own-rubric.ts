import { casesOf, type Check } from '../../grader/checks/index.ts';
import { fileOf, type Refusal } from './refusal.ts';
import type { RecordedPart } from './recorded-part.ts';

/** A check and its cases, as messages name them. */
export function placeOf(check: Check): string {
  const cases = casesOf(check);
  return `check ${check.id}${cases.length > 0 ? ` (case ${cases.join(', ')})` : ''}`;
}

/** The checks whose points the reference itself does not earn. */
export function lostByReference(recorded: RecordedPart): Refusal[] {
  const results = recorded.judge(recorded.ownAnswer);
  return results.flatMap(({ id, outcome, message }) => {
    if (outcome === 'passed') return [];
    const { check } = recorded.checks.find((one) => one.check.id === id)!;
    return [
      {
        file: fileOf(recorded.part, 'rubric.ts'),
        place: placeOf(check),
        cases: casesOf(check),
        problem: `the reference does not earn its ${check.points} points: ${message.join(' ')}`,
        remedy: 'correct the reference or the check',
      },
    ];
  });
}
