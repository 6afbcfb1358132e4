import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { activationMaximizationCases } from './cases.ts';
import { activationMaximizationRubric } from './rubric.ts';

export function activationMaximizationPart(seed: string): PartDefinition {
  return {
    id: 'activation-maximization',
    title: 'Activation maximization',
    group: 'C',
    directory: import.meta.dirname,
    files: {
      'introspection/activation-maximization.ts': { source: 'activation-maximization.ts', role: 'solution' },
      'contract/activation-maximization.ts': { source: 'contract.ts', role: 'given' },
      'lib/ascent/pixels.ts': { source: 'pixels.ts', role: 'given' },
      'drivers/activation-maximization.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/activation-maximization.ts': { source: 'figure.ts', role: 'given' },
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
    cases: activationMaximizationCases(seed),
    checks: activationMaximizationRubric,
  };
}
