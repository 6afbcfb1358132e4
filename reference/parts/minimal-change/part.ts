import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { minimalChangeCases } from './cases.ts';
import { minimalChange } from './names.ts';
import { minimalChangeRubric } from './rubric.ts';

export function minimalChangePart(seed: string, { pair }: Roles): PartDefinition {
  return {
    id: minimalChange.id,
    title: 'Minimal change',
    group: 'D',
    ...(pair.isOwn ? { network: 'course' } : {}),
    directory: import.meta.dirname,
    files: {
      [minimalChange.solution.path]: { source: 'minimal-change.ts', role: 'solution' },
      'contract/minimal-change.ts': { source: 'contract.ts', role: 'given' },
      [minimalChange.scores.path]: { source: 'scores.ts', role: 'given' },
      'drivers/minimal-change.ts': { source: 'driver.ts', role: 'given' },
      [minimalChange.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/minimal_change.png': { source: 'minimal_change.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 1.5,
    cases: minimalChangeCases(seed, pair),
    checks: minimalChangeRubric(pair),
  };
}
