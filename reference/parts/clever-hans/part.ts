import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { cleverHansCases } from './cases.ts';
import { cleverHansRubric } from './rubric.ts';

export function cleverHansPart(seed: string): PartDefinition {
  return {
    id: 'clever-hans',
    title: 'Clever Hans',
    group: 'D',
    directory: import.meta.dirname,
    files: {
      'introspection/clever-hans.ts': { source: 'clever-hans.ts', role: 'solution' },
      'contract/clever-hans.ts': { source: 'contract.ts', role: 'given' },
      'lib/clever-hans/marks.ts': { source: 'marks.ts', role: 'given' },
      'lib/clever-hans/marked-shapes.ts': { source: 'marked-shapes.ts', role: 'given' },
      'lib/clever-hans/batches.ts': { source: 'batches.ts', role: 'given' },
      'lib/clever-hans/convolution.ts': { source: 'convolution.ts', role: 'given' },
      'lib/clever-hans/small-network.ts': { source: 'small-network.ts', role: 'given' },
      'drivers/clever-hans.ts': { source: 'driver.ts', role: 'given' },
      'lib/figures/clever-hans.ts': { source: 'figure.ts', role: 'given' },
      'handouts/clever_hans.png': { source: 'clever_hans.png', role: 'given' },
    },
    handout: 'handout.md',
    cases: cleverHansCases(seed),
    checks: cleverHansRubric,
  };
}
