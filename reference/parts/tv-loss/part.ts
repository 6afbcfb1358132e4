import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { tvLossCases } from './cases.ts';
import { tvLoss } from './names.ts';
import { tvLossRubric } from './rubric.ts';

export function tvLossPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: tvLoss.id,
    title: 'Total variation loss',
    group: 'B',
    network: 'course',
    directory: import.meta.dirname,
    files: { [tvLoss.solution.path]: { source: 'tv-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    hours: 0.5,
    cases: tvLossCases(seed, roles),
    checks: tvLossRubric,
  };
}
