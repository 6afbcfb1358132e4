import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { painted } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream } from '../../lib/random.ts';

const MODULE = 'style-modules/tv-loss.ts';

function lossCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  shape: readonly [number, number, number, number];
  weight: number;
}): CaseDefinition {
  const { id, visibility, shape, weight } = options;
  const stream = randomStream(options.seed).derive('tv-loss').derive(id);
  const call = { module: MODULE, export: 'tvLoss', args: [{ tensor: 'image' }, { number: weight }] };
  return {
    id,
    visibility,
    inputs: { image: noise(stream, shape) },
    calls: [
      { ...call, id: 'loss', observe: true },
      { ...call, id: 'gradient', gradient: { argument: 0 } },
    ],
    derived: [],
  };
}

function handCase(
  id: string,
  shape: readonly [number, number, number, number],
  pixels: number[],
): CaseDefinition {
  return {
    id,
    visibility: 'public',
    inputs: { image: floats(shape, pixels) },
    calls: [{ id: 'loss', module: MODULE, export: 'tvLoss', args: [{ tensor: 'image' }, { number: 0.5 }] }],
    derived: [],
  };
}

/** A bundled picture, as the style transfer starts from it. */
const landscape: CaseDefinition = {
  id: 'landscape',
  visibility: 'public',
  inputs: {},
  calls: [
    { id: 'loss', module: MODULE, export: 'tvLoss', args: [painted('landscape', 96), { number: 2e-2 }] },
  ],
  derived: [],
};

/** The same picture content at two sizes, to see whether the work is done by whole-tensor operations. */
function sizesCase(seed: string): CaseDefinition {
  const stream = randomStream(seed).derive('tv-loss').derive('sizes');
  const call = { module: MODULE, export: 'tvLoss', observe: true };
  return {
    id: 'sizes',
    visibility: 'public',
    inputs: {
      small: floats([1, 6, 6, 3], stream.normals(108)),
      large: floats([1, 24, 30, 3], stream.normals(2160)),
    },
    calls: [
      { ...call, id: 'small', args: [{ tensor: 'small' }, { number: 1 }] },
      { ...call, id: 'large', args: [{ tensor: 'large' }, { number: 1 }] },
    ],
    derived: [],
  };
}

export function tvLossCases(seed: string): CaseDefinition[] {
  return [
    // 0.5 * (vertical: 3^2 + 5^2; horizontal: 1^2 + 3^2)
    handCase('by-hand', [1, 2, 2, 1], [1, 2, 4, 7]),
    lossCase({ id: 'image', visibility: 'public', seed, shape: [1, 10, 10, 3], weight: 2e-2 }),
    landscape,
    sizesCase(seed),
    lossCase({ id: 'wide-image', visibility: 'private', seed, shape: [1, 6, 13, 3], weight: 0.7 }),
    lossCase({ id: 'one-row', visibility: 'private', seed, shape: [1, 1, 9, 3], weight: 1.5 }),
    lossCase({ id: 'weight-zero', visibility: 'private', seed, shape: [1, 5, 5, 3], weight: 0 }),
  ];
}
