import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { saliencyVariantsCases } from './cases.ts';
import { saliencyVariantsRubric } from './rubric.ts';

export function saliencyVariantsPart(seed: string): PartDefinition {
  return {
    id: 'saliency-variants',
    title: 'Variants of the saliency map',
    group: 'C',
    directory: import.meta.dirname,
    files: {
      'introspection/saliency-variants.ts': { source: 'saliency-variants.ts', role: 'solution' },
      'contract/saliency-variants.ts': { source: 'contract.ts', role: 'given' },
      'lib/noisy-copy.ts': { source: 'noisy-copy.ts', role: 'given' },
      'drivers/saliency-variants.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/saliency-variants.ts': { source: 'figure.ts', role: 'given' },
      'handouts/saliency_variants.png': { source: 'saliency_variants.png', role: 'given' },
    },
    handout: 'handout.md',
    cases: saliencyVariantsCases(seed),
    checks: saliencyVariantsRubric,
  };
}
