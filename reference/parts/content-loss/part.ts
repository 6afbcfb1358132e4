import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { contentLossCases } from './cases.ts';
import { contentLoss } from './names.ts';
import { contentLossRubric } from './rubric.ts';

export function contentLossPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: contentLoss.id,
    title: 'Content loss',
    group: 'B',
    network: 'course',
    directory: import.meta.dirname,
    files: { [contentLoss.solution.path]: { source: 'content-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    hours: 0.5,
    cases: contentLossCases(seed, roles),
    checks: contentLossRubric(roles),
  };
}
