import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { gradCamCases } from './cases.ts';
import { gradCam } from './names.ts';
import { gradCamRubric } from './rubric.ts';

export function gradCamPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: gradCam.id,
    title: 'Grad-CAM',
    group: 'A',
    network: 'course',
    directory: import.meta.dirname,
    files: {
      [gradCam.solution.path]: { source: 'grad-cam.ts', role: 'solution' },
      'drivers/grad-cam.ts': { source: 'driver.ts', role: 'given' },
      [gradCam.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/gradcam_visualization.png': { source: 'gradcam_visualization.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 2,
    cases: gradCamCases(seed, roles),
    checks: gradCamRubric(roles),
  };
}
