import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { gradCamCases } from './cases.ts';
import { gradCamRubric } from './rubric.ts';

export function gradCamPart(seed: string): PartDefinition {
  return {
    id: 'grad-cam',
    title: 'Grad-CAM',
    group: 'A',
    directory: import.meta.dirname,
    files: {
      'visualizers/grad-cam.ts': { source: 'grad-cam.ts', role: 'solution' },
      'drivers/grad-cam.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/grad-cam.ts': { source: 'figure.ts', role: 'given' },
      'handouts/gradcam_visualization.png': { source: 'gradcam_visualization.png', role: 'given' },
    },
    handout: 'handout.md',
    cases: gradCamCases(seed),
    checks: gradCamRubric,
  };
}
