import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { styleLossCases } from './cases.ts';
import { styleLoss } from './names.ts';
import { styleLossRubric } from './rubric.ts';

export function styleLossPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: styleLoss.id,
    title: 'Gram matrix and style loss',
    group: 'B',
    network: 'course',
    directory: import.meta.dirname,
    files: { [styleLoss.solution.path]: { source: 'style-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    hours: 1.5,
    cases: styleLossCases(seed, roles),
    checks: styleLossRubric(roles),
  };
}
