import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { classVisualizationCases } from './cases.ts';
import { classVisualization } from './names.ts';
import { classVisualizationRubric } from './rubric.ts';

export function classVisualizationPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: classVisualization.id,
    title: 'Class visualization',
    group: 'A',
    network: 'course',
    directory: import.meta.dirname,
    files: {
      [classVisualization.solution.path]: { source: 'class-visualization.ts', role: 'solution' },
      'contract/class-visualization.ts': { source: 'contract.ts', role: 'given' },
      [classVisualization.watched.path]: { source: 'watched-climb.ts', role: 'given' },
      'drivers/class-visualization.ts': { source: 'driver.ts', role: 'given' },
      [classVisualization.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/class_visualization.png': { source: 'class_visualization.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 2,
    cases: classVisualizationCases(seed, roles),
    checks: classVisualizationRubric(roles),
  };
}
