import type { TensorData } from '../../format/tensor-data.ts';
import { floats } from '../../format/literals.ts';
import { EXACT, type SelfTestPart } from '../part.ts';

/** A part of one function, one case and one check. */
function simplePart(options: {
  id: string;
  title: string;
  path: string;
  export: string;
  input: TensorData;
  output: TensorData;
  check: string;
  /** Seconds. */
  timeLimit: number;
}): SelfTestPart {
  const { id, title, path, input, output, timeLimit } = options;
  return {
    id,
    title,
    group: 'B',
    path,
    functions: [options.export],
    cases: [
      {
        visibility: 'public',
        plan: {
          id: 'one',
          calls: [
            { id: 'result', module: path, export: options.export, args: [{ tensor: 'input' }], timeLimit },
          ],
          derived: [],
        },
        inputs: { input },
        tensors: { result: output },
        expected: { result: { value: { tensor: 'result' } } },
      },
    ],
    checks: [
      {
        kind: 'tensor-close',
        id: 'value',
        title: options.check,
        points: 1,
        case: 'one',
        value: { call: 'result' },
        visibility: 'public',
        ...EXACT,
      },
    ],
  };
}

/** Its wrong solution never ends. */
export const clock = simplePart({
  id: 'clock',
  title: 'Clock',
  path: 'parts/clock.ts',
  export: 'tick',
  input: floats([3], [0, 30, 59]),
  output: floats([3], [1, 31, 0]),
  check: 'tick goes on by a second',
  timeLimit: 3,
});

/** Its wrong solution imports what it may not. */
export const visitor = simplePart({
  id: 'visitor',
  title: 'Visitor',
  path: 'parts/visitor.ts',
  export: 'count',
  input: floats([4], [1, 2, 3, 4]),
  output: floats([], [10]),
  check: 'count adds up the visits',
  timeLimit: 1,
});
