import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { activationMaximizationCases } from './cases.ts';
import { activationMaximization } from './names.ts';
import { activationMaximizationRubric } from './rubric.ts';

export function activationMaximizationPart(seed: string): PartDefinition {
  return {
    id: activationMaximization.id,
    title: 'Activation maximization',
    group: 'C',
    directory: import.meta.dirname,
    files: {
      [activationMaximization.solution.path]: { source: 'activation-maximization.ts', role: 'solution' },
      'contract/activation-maximization.ts': { source: 'contract.ts', role: 'given' },
      [activationMaximization.pixels.path]: { source: 'pixels.ts', role: 'given' },
      'drivers/activation-maximization.ts': { source: 'driver.ts', role: 'given' },
      [activationMaximization.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/activation_maximization_bonus.png': {
        source: 'activation_maximization_bonus.png',
        role: 'given',
      },
      'handouts/activation_maximization_scores.png': {
        source: 'activation_maximization_scores.png',
        role: 'given',
      },
    },
    handout: 'handout.md',
    hours: 3,
    cases: activationMaximizationCases(seed),
    checks: activationMaximizationRubric,
  };
}
