import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { cleverHansCases } from './cases.ts';
import { cleverHans } from './names.ts';
import { cleverHansRubric } from './rubric.ts';

export function cleverHansPart(seed: string): PartDefinition {
  return {
    id: cleverHans.id,
    title: 'Clever Hans',
    group: 'D',
    directory: import.meta.dirname,
    files: {
      [cleverHans.solution.path]: { source: 'clever-hans.ts', role: 'solution' },
      'contract/clever-hans.ts': { source: 'contract.ts', role: 'given' },
      [cleverHans.marks.path]: { source: 'marks.ts', role: 'given' },
      [cleverHans.shapes.path]: { source: 'marked-shapes.ts', role: 'given' },
      'lib/clever-hans/batches.ts': { source: 'batches.ts', role: 'given' },
      'lib/clever-hans/convolution.ts': { source: 'convolution.ts', role: 'given' },
      [cleverHans.network.path]: { source: 'small-network.ts', role: 'given' },
      'drivers/clever-hans.ts': { source: 'driver.ts', role: 'given' },
      [cleverHans.figure.path]: { source: 'figure.ts', role: 'given' },
      'handouts/clever_hans.png': { source: 'clever_hans.png', role: 'given' },
    },
    handout: 'handout.md',
    hours: 2.5,
    cases: cleverHansCases(seed),
    checks: cleverHansRubric,
  };
}
