import type { TensorData } from '../../format/tensor-data.ts';
import type { Half } from '../../assignment/half.ts';
import { floats } from '../../format/literals.ts';
import { EXACT, type SelfTestCase, type SelfTestPart } from '../part.ts';

const WARM = {
  module: 'parts/weather.ts',
  export: 'warm',
  args: [{ tensor: 'celsius' }, { number: 3 }],
};

function weatherCase(id: string, visibility: Half, celsius: readonly number[]): SelfTestCase {
  const each = (of: (c: number) => number): TensorData => floats([celsius.length], celsius.map(of));
  return {
    visibility,
    plan: {
      id,
      calls: [
        { id: 'warmer', ...WARM },
        { id: 'slope', ...WARM, gradient: { argument: 0 } },
      ],
      derived: [
        {
          id: 'fahrenheit',
          module: 'given/celsius.ts',
          export: 'toFahrenheit',
          args: [{ result: { call: 'warmer' } }],
        },
      ],
    },
    inputs: { celsius: each((c) => c) },
    tensors: {
      warmer: each((c) => c + 3),
      sum: floats([], [celsius.reduce((sum, c) => sum + c + 3, 0)]),
      slope: each(() => 1),
      fahrenheit: each((c) => (c + 3) * 1.8 + 32),
    },
    expected: {
      warmer: { value: { tensor: 'warmer' } },
      slope: { value: { tensor: 'sum' }, gradient: 'slope' },
      fahrenheit: { value: { tensor: 'fahrenheit' } },
    },
  };
}

/** Values, a gradient, a given function on what came back, a private case. */
export const weather: SelfTestPart = {
  id: 'weather',
  title: 'Weather',
  group: 'A',
  path: 'parts/weather.ts',
  functions: ['warm'],
  cases: [weatherCase('today', 'public', [-5, 0, 10, 20]), weatherCase('tomorrow', 'private', [1, 2, 3])],
  checks: [
    {
      kind: 'tensor-close',
      id: 'value',
      title: 'warm adds the degrees',
      points: 2,
      case: 'today',
      value: { call: 'warmer' },
      hint: 'Add, do not multiply.',
      visibility: 'public',
      ...EXACT,
    },
    {
      kind: 'gradient-close',
      id: 'gradient',
      title: 'warm has the slope 1',
      points: 1,
      case: 'today',
      call: 'slope',
      visibility: 'public',
      ...EXACT,
    },
    {
      kind: 'tensor-close',
      id: 'converted',
      title: 'given code makes Fahrenheit of it',
      points: 1,
      case: 'today',
      value: { call: 'fahrenheit' },
      requires: ['value'],
      visibility: 'public',
      ...EXACT,
    },
    {
      kind: 'tensor-close',
      id: 'hidden-value',
      title: 'warm is right on other days',
      points: 1.5,
      case: 'tomorrow',
      value: { call: 'warmer' },
      visibility: 'private',
      ...EXACT,
    },
  ],
};
