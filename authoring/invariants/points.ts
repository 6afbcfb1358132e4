import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssignmentDefinition, PartDefinition } from '../../grader/assignment/define.ts';
import { addPoints } from '../../grader/report/grade-report.ts';
import { STATED_POINTS } from '../template/stated-points.ts';
import { fileOf, type Refusal } from './refusal.ts';

interface Points {
  readonly points: number;
  /** On top of them. */
  readonly bonus: number;
}

function ofRubric(parts: readonly PartDefinition[]): Points {
  const checks = parts.flatMap((part) => part.checks);
  const sum = (bonus: boolean): number =>
    addPoints(checks.filter((check) => (check.bonus ?? false) === bonus).map(({ points }) => points));
  return { points: sum(false), bonus: sum(true) };
}

function statedIn(handout: string): Points | undefined {
  const found = STATED_POINTS.exec(handout)?.groups;
  return found && { points: Number(found.points), bonus: Number(found.bonus ?? 0) };
}

function words({ points, bonus }: Points): string {
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  return [counted(points, 'point'), ...(bonus === 0 ? [] : [counted(bonus, 'bonus point')])].join(', ');
}

const isSame = (a: Points, b: Points): boolean => a.points === b.points && a.bonus === b.bonus;

/** Where a handout promises other points than its part's checks have, or the assignment other than all of them. */
export function wrongPoints(assignment: AssignmentDefinition): Refusal[] {
  const asked = assignment.parts.filter((part) => !part.solved);
  const refusals = asked.flatMap((part): Refusal[] => {
    const inRubric = ofRubric([part]);
    const inHandout = statedIn(readFileSync(join(part.directory, part.handout), 'utf8'));
    if (inHandout && isSame(inHandout, inRubric)) return [];
    const problem = inHandout
      ? `says ${words(inHandout)}, and the checks of rubric.ts have ${words(inRubric)}`
      : 'does not say how many points the part has';
    return [{ file: fileOf(part, part.handout), problem, remedy: `write **${words(inRubric)}**` }];
  });
  const [all, said] = [ofRubric(asked), { points: assignment.points, bonus: assignment.bonus ?? 0 }];
  if (!isSame(all, said)) {
    const problem = `the assignment says ${words(said)}, and the checks of all parts have ${words(all)}`;
    refusals.push({
      file: 'reference/assignment.ts',
      problem,
      remedy: 'correct points and bonus, or a rubric',
    });
  }
  return refusals;
}
