import { floats } from '../../format/literals.ts';
import type { SelfTestPart } from '../part.ts';

const HEIGHT = 12;
const WIDTH = 16;
const shades = Array.from(
  { length: HEIGHT * WIDTH * 3 },
  (_, i) => (Math.floor(i / 3) % WIDTH) / (WIDTH - 1),
);

/** A picture, leftover tensors for a bonus, leftover prints. */
export const poster: SelfTestPart = {
  id: 'poster',
  title: 'Poster',
  group: 'A',
  path: 'parts/poster.ts',
  functions: ['fade'],
  cases: [
    {
      visibility: 'public',
      plan: {
        id: 'grey',
        calls: [
          {
            id: 'drawn',
            module: 'parts/poster.ts',
            export: 'fade',
            args: [{ number: HEIGHT }, { number: WIDTH }],
            observe: true,
            timeLimit: 2,
          },
        ],
        derived: [],
      },
      inputs: {},
      tensors: {},
      expected: {},
      pictures: { fade: floats([HEIGHT, WIDTH, 3], shades) },
    },
  ],
  checks: [
    {
      kind: 'png-match',
      id: 'picture',
      title: 'fade goes from black to white',
      points: 2,
      case: 'grey',
      image: { call: 'drawn' },
      picture: 'fade',
      threshold: 0.05,
      maxDifferentShare: 0.01,
      visibility: 'public',
    },
    {
      kind: 'memory',
      id: 'leftover',
      title: 'fade leaves no tensors behind',
      points: 1,
      bonus: true,
      case: 'grey',
      call: 'drawn',
      visibility: 'public',
    },
    {
      kind: 'source-rule',
      id: 'tidy',
      title: 'no leftover prints',
      points: 0.5,
      requires: ['leftover'],
      rules: ['no-prints', 'imports'],
      visibility: 'public',
    },
  ],
};
