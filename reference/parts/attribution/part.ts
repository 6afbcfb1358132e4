import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { attributionCases } from './cases.ts';
import { attributionRubric } from './rubric.ts';

export function attributionPart(seed: string): PartDefinition {
  return {
    id: 'attribution',
    title: 'Attribution',
    group: 'C',
    directory: import.meta.dirname,
    files: {
      'introspection/attribution.ts': { source: 'attribution.ts', role: 'solution' },
      'contract/attribution.ts': { source: 'contract.ts', role: 'given' },
      'lib/completeness.ts': { source: 'completeness.ts', role: 'given' },
      'drivers/attribution.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/attribution.ts': { source: 'figure.ts', role: 'given' },
      'handouts/attribution.png': { source: 'attribution.png', role: 'given' },
    },
    handout: 'handout.md',
    cases: attributionCases(seed),
    checks: attributionRubric,
  };
}
