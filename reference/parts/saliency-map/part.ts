import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { saliencyMapCases } from './cases.ts';
import { saliencyMap } from './names.ts';
import { saliencyMapRubric } from './rubric.ts';

export function saliencyMapPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: saliencyMap.id,
    title: 'Saliency map',
    group: 'A',
    network: 'course',
    directory: import.meta.dirname,
    files: {
      [saliencyMap.solution.path]: { source: 'saliency-map.ts', role: 'solution' },
      'drivers/saliency-map.ts': { source: 'driver.ts', role: 'given' },
      [saliencyMap.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/saliency_visualization.png': { source: 'saliency_visualization.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 1,
    cases: saliencyMapCases(seed, roles),
    checks: saliencyMapRubric(roles),
  };
}
