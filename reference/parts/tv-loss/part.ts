import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { tvLossCases } from './cases.ts';
import { tvLoss } from './names.ts';
import { tvLossRubric } from './rubric.ts';

export function tvLossPart(seed: string): PartDefinition {
  return {
    id: tvLoss.id,
    title: 'Total variation loss',
    group: 'B',
    directory: import.meta.dirname,
    files: { [tvLoss.solution.path]: { source: 'tv-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    hours: 0.5,
    cases: tvLossCases(seed),
    checks: tvLossRubric,
  };
}
