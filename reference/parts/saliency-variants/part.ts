import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { saliencyVariantsCases } from './cases.ts';
import { saliencyVariants } from './names.ts';
import { saliencyVariantsRubric } from './rubric.ts';

export function saliencyVariantsPart(seed: string, { pair }: Roles): PartDefinition {
  return {
    id: saliencyVariants.id,
    title: 'Variants of the saliency map',
    group: 'C',
    ...(pair.isOwn ? { network: 'course' } : {}),
    directory: import.meta.dirname,
    files: {
      [saliencyVariants.solution.path]: { source: 'saliency-variants.ts', role: 'solution' },
      'contract/saliency-variants.ts': { source: 'contract.ts', role: 'given' },
      'lib/noisy-copy.ts': { source: 'noisy-copy.ts', role: 'given' },
      'drivers/saliency-variants.ts': { source: 'driver.ts', role: 'given' },
      [saliencyVariants.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/saliency_variants.png': { source: 'saliency_variants.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 1.5,
    cases: saliencyVariantsCases(seed, pair),
    checks: saliencyVariantsRubric(pair),
  };
}
