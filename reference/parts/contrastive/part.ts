import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { contrastiveCases } from './cases.ts';
import { contrastiveRubric } from './rubric.ts';

export function contrastivePart(seed: string): PartDefinition {
  return {
    id: 'contrastive',
    title: 'Contrastive explanation',
    group: 'D',
    directory: import.meta.dirname,
    files: {
      'introspection/contrastive.ts': { source: 'contrastive.ts', role: 'solution' },
      'contract/contrastive.ts': { source: 'contract.ts', role: 'given' },
      'drivers/contrastive.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/contrastive.ts': { source: 'figure.ts', role: 'given' },
      'handouts/contrastive.png': { source: 'contrastive.png', role: 'given' },
    },
    handout: 'handout.md',
    cases: contrastiveCases(seed),
    checks: contrastiveRubric,
  };
}
