import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { attributionCases } from './cases.ts';
import { attribution } from './names.ts';
import { attributionRubric } from './rubric.ts';

export function attributionPart(seed: string, { pair }: Roles): PartDefinition {
  return {
    id: attribution.id,
    title: 'Attribution',
    group: 'C',
    ...(pair.isOwn ? { network: 'course' } : {}),
    directory: import.meta.dirname,
    files: {
      [attribution.solution.path]: { source: 'attribution.ts', role: 'solution' },
      'contract/attribution.ts': { source: 'contract.ts', role: 'given' },
      [attribution.completeness.path]: { source: 'completeness.ts', role: 'given' },
      'drivers/attribution.ts': { source: 'driver.ts', role: 'given' },
      [attribution.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/attribution.png': { source: 'attribution.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 1.5,
    cases: attributionCases(seed, pair),
    checks: attributionRubric(pair),
  };
}
