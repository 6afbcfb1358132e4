import type { PartDefinition } from '../../../grader/spec/define.ts';
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
      'introspection/clever-hans/types.ts': { source: 'types.ts', role: 'given' },
      'introspection/clever-hans/marks.ts': { source: 'marks.ts', role: 'given' },
      'introspection/clever-hans/marked-shapes.ts': { source: 'marked-shapes.ts', role: 'given' },
      'introspection/clever-hans/batches.ts': { source: 'batches.ts', role: 'given' },
      'introspection/clever-hans/convolution.ts': { source: 'convolution.ts', role: 'given' },
      'introspection/clever-hans/small-network.ts': { source: 'small-network.ts', role: 'given' },
      'drivers/clever-hans.ts': { source: 'driver.ts', role: 'given' },
      'figures/clever-hans.ts': { source: 'figure.ts', role: 'given' },
    },
    handout: 'handout.md',
    cases: cleverHansCases(seed),
    checks: cleverHansRubric,
  };
}
