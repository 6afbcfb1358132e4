import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { contentLossCases } from './cases.ts';
import { contentLossRubric } from './rubric.ts';

export function contentLossPart(seed: string): PartDefinition {
  return {
    id: 'content-loss',
    title: 'Content loss',
    group: 'B',
    directory: import.meta.dirname,
    files: { 'style-modules/content-loss.ts': { source: 'content-loss.ts', role: 'solution' } },
    handout: 'handout.md',
    cases: contentLossCases(seed),
    checks: contentLossRubric,
  };
}
