import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { contrastiveCases } from './cases.ts';
import { contrastive } from './names.ts';
import { contrastiveRubric } from './rubric.ts';

export function contrastivePart(seed: string, { pair }: Roles): PartDefinition {
  return {
    id: contrastive.id,
    title: 'Contrastive explanation',
    group: 'D',
    ...(pair.isOwn ? { network: 'course' } : {}),
    directory: import.meta.dirname,
    files: {
      [contrastive.solution.path]: { source: 'contrastive.ts', role: 'solution' },
      'contract/contrastive.ts': { source: 'contract.ts', role: 'given' },
      'drivers/contrastive.ts': { source: 'driver.ts', role: 'given' },
      [contrastive.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/contrastive.png': { source: 'contrastive.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 1,
    cases: contrastiveCases(seed, pair),
    checks: contrastiveRubric(pair),
  };
}
