import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { painted } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream } from '../../lib/random.ts';
import { activation } from '../../cases/features.ts';

const MODULE = 'style-modules/content-loss.ts';

function lossCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  shape: readonly [number, number, number, number];
  weight: number;
}): CaseDefinition {
  const { id, visibility, shape, weight } = options;
  const stream = randomStream(options.seed).derive('content-loss').derive(id);
  const args = [{ number: weight }, { tensor: 'current' }, { tensor: 'original' }];
  const call = { module: MODULE, export: 'contentLoss', args };
  return {
    id,
    visibility,
    inputs: { current: noise(stream, shape), original: noise(stream, shape) },
    calls: [
      { ...call, id: 'loss', observe: true },
      { ...call, id: 'gradient', gradient: { argument: 1 } },
    ],
    derived: [],
  };
}

/** Two positions, two channels: the differences are 1, 0, 2 and 3, so the loss is 0.5 * 14. */
const byHand: CaseDefinition = {
  id: 'by-hand',
  visibility: 'public',
  inputs: {
    current: floats([1, 1, 2, 2], [1, 2, 3, 4]),
    original: floats([1, 1, 2, 2], [0, 2, 1, 1]),
  },
  calls: [
    {
      id: 'loss',
      module: MODULE,
      export: 'contentLoss',
      args: [{ number: 0.5 }, { tensor: 'current' }, { tensor: 'original' }],
    },
  ],
  derived: [],
};

/** Layer 3 of the embedded network for two of the bundled pictures. */
const network: CaseDefinition = {
  id: 'network',
  visibility: 'public',
  inputs: {},
  calls: [
    {
      id: 'loss',
      module: MODULE,
      export: 'contentLoss',
      args: [
        { number: 6e-2 },
        activation(painted('whirlingStrokes', 64), 3),
        activation(painted('landscape', 64), 3),
      ],
    },
  ],
  derived: [],
};

export function contentLossCases(seed: string): CaseDefinition[] {
  return [
    byHand,
    lossCase({ id: 'feature-map', visibility: 'public', seed, shape: [1, 8, 8, 16], weight: 6e-2 }),
    network,
    lossCase({ id: 'wide-map', visibility: 'private', seed, shape: [1, 5, 11, 7], weight: 3.5 }),
    lossCase({ id: 'one-channel', visibility: 'private', seed, shape: [1, 9, 4, 1], weight: 2e-3 }),
    lossCase({ id: 'weight-zero', visibility: 'private', seed, shape: [1, 4, 4, 3], weight: 0 }),
  ];
}
