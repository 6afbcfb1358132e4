import type { PartDefinition } from '../../../../grader/assignment/define.ts';
import { floats } from '../../../../grader/format/literals.ts';

export function brightnessPart(_seed: string): PartDefinition {
  return {
    id: 'brightness',
    title: 'Brightness',
    group: 'Z',
    directory: import.meta.dirname,
    files: { 'measures/brightness.ts': { source: 'brightness.ts', role: 'solution' } },
    handout: 'handout.md',
    cases: [
      {
        id: 'gray',
        visibility: 'public',
        inputs: { image: floats([1, 2, 2, 1], [0, 1, 2, 5]) },
        calls: [
          { id: 'mean', module: 'measures/brightness.ts', export: 'brightness', args: [{ tensor: 'image' }] },
        ],
        derived: [],
      },
    ],
    checks: [
      {
        kind: 'tensor-close',
        id: 'value',
        title: 'brightness is the mean',
        points: 1,
        case: 'gray',
        value: { call: 'mean' },
        atol: 1e-6,
        rtol: 1e-6,
      },
    ],
  };
}
