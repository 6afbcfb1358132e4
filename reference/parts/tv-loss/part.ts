import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { tvLossCases } from './cases.ts';
import { tvLossRubric } from './rubric.ts';

export function tvLossPart(seed: string): PartDefinition {
  return {
    id: 'tv-loss',
    title: 'Total variation loss',
    group: 'B',
    directory: import.meta.dirname,
    files: { 'style-modules/tv-loss.ts': { source: 'tv-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    cases: tvLossCases(seed),
    checks: tvLossRubric,
  };
}
