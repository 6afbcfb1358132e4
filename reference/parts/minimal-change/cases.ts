import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { convolutionModel, convolutionWeights, embedded, linearModel } from '../../cases/models.ts';
import { noise } from '../../cases/tensors.ts';
import { channelDeviation, channelMean } from '../../lib/picture/preprocess.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import { labelOf, mistakeImage, mistakes } from '../../cases/mistakes.ts';
import type { MinimalChangeOptions } from './contract.ts';

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'>;

const change = (
  id: string,
  args: { image: Argument; target: number; model: Argument },
  options: MinimalChangeOptions,
): Call => ({
  id,
  module: 'introspection/minimal-change.ts',
  export: 'minimalChange',
  args: [args.image, { number: args.target }, args.model, { json: { ...options } }],
  observe: true,
  timeLimit: 30,
});

/** A preprocessed picture of random pixels between two values in [0, 1]. */
function picture(
  stream: RandomStream,
  [height, width]: readonly [number, number],
  [from, to]: readonly [number, number],
): TensorData {
  const pixels = stream.uniforms(height * width * 3, from, to);
  return floats(
    [1, height, width, 3],
    pixels.map((value, i) => (value - channelMean[i % 3]) / channelDeviation[i % 3]),
  );
}

interface SmallCase extends CaseHead {
  /** Height and width. */
  readonly size: readonly [number, number];
  /** The range of the pixels to start from. */
  readonly pixels: readonly [number, number];
  /** Not the class that the model sees: descending towards that one would pass for right. */
  readonly target: number;
  readonly runs: Readonly<Record<string, MinimalChangeOptions>>;
}

function smallCase(
  seed: string,
  { id, visibility, size, pixels, target, runs }: SmallCase,
  model: Argument,
  weights: (stream: RandomStream) => Readonly<Record<string, TensorData>>,
): CaseDefinition {
  const stream = randomStream(seed).derive('minimal-change').derive(id);
  const calls = Object.entries(runs).map(([run, options]) =>
    change(run, { image: { tensor: 'image' }, target, model }, options),
  );
  return {
    id,
    visibility,
    inputs: { image: picture(stream, size, pixels), ...weights(stream) },
    calls,
    derived: [],
  };
}

/** On a linear model the gradient of the cross-entropy is a mixture of the classes' weights. */
function linearCase(seed: string, options: SmallCase): CaseDefinition {
  return smallCase(seed, options, linearModel, (stream) => ({
    weights: noise(stream, [...options.size, 3, 4], 0.1),
  }));
}

function convolutionCase(seed: string, options: SmallCase): CaseDefinition {
  return smallCase(seed, options, convolutionModel, (stream) => convolutionWeights(stream, 4));
}

/** What is worked out apart of a changed picture. */
type Derived = 'scores' | 'pixels' | 'picture';

/** A picture that an embedded network gets wrong, and what is made of the changed one of the first run. */
function mistakeCase(
  { id, visibility }: CaseHead,
  name: keyof typeof mistakes,
  runs: Readonly<Record<string, MinimalChangeOptions>>,
  wanted: readonly Derived[] = [],
): CaseDefinition {
  const mistake = mistakes[name];
  const [image, model] = [mistakeImage(mistake), embedded(mistake.model)];
  const [first] = Object.keys(runs);
  const found = (...path: string[]): Argument => ({ result: { call: first, path } });
  const drawn = {
    original: image,
    changed: found('image'),
    predictedName: { json: mistake.predicted },
    targetName: { json: mistake.actual },
    probabilities: found('probabilities'),
    reached: found('reached'),
  };
  const derived: Readonly<Record<Derived, Call>> = {
    scores: { id: 'scores', module: 'lib/scores.ts', export: 'scoresOf', args: [model, found('image')] },
    pixels: {
      id: 'pixels',
      module: 'lib/picture/preprocess.ts',
      export: 'deprocess',
      args: [found('image')],
    },
    picture: {
      id: 'picture',
      module: 'lib/figures/minimal-change.ts',
      export: 'minimalChangePicture',
      args: [{ list: [{ record: drawn }] }],
    },
  };
  return {
    id,
    visibility,
    inputs: {},
    calls: Object.entries(runs).map(([run, options]) =>
      change(run, { image, target: labelOf(mistake.actual), model }, options),
    ),
    derived: wanted.map((one) => derived[one]),
  };
}

const middle = [0.3, 0.7] as const;

export function minimalChangeCases(seed: string): CaseDefinition[] {
  return [
    linearCase(seed, {
      id: 'one-step',
      visibility: 'public',
      size: [6, 6],
      pixels: middle,
      target: 1,
      runs: { change: { penalty: 0.2, steps: 1, learningRate: 0.5 } },
    }),
    mistakeCase(
      { id: 'mistake', visibility: 'public' },
      'arrow',
      { change: { penalty: 0.3, steps: 12, learningRate: 0.08 } },
      ['scores', 'picture'],
    ),
    linearCase(seed, {
      id: 'steps',
      visibility: 'private',
      size: [5, 8],
      pixels: middle,
      target: 2,
      runs: {
        change: { penalty: 0.4, steps: 4, learningRate: 0.4 },
        nothing: { penalty: 0.4, steps: 0, learningRate: 0.4 },
      },
    }),
    convolutionCase(seed, {
      id: 'convolution',
      visibility: 'private',
      size: [7, 10],
      pixels: middle,
      target: 3,
      runs: { change: { penalty: 0.05, steps: 3, learningRate: 1.5 } },
    }),
    linearCase(seed, {
      id: 'valid',
      visibility: 'private',
      size: [6, 6],
      pixels: [0, 1],
      target: 1,
      runs: { change: { penalty: 0.02, steps: 2, learningRate: 6 } },
    }),
    mistakeCase({ id: 'price', visibility: 'private' }, 'disc', {
      cheap: { penalty: 0.05, steps: 10, learningRate: 0.06 },
      dear: { penalty: 4, steps: 10, learningRate: 0.06 },
    }),
    mistakeCase(
      { id: 'robust-mistake', visibility: 'private' },
      'ring',
      { change: { penalty: 0.01, steps: 15, learningRate: 1.2 } },
      ['scores', 'pixels'],
    ),
  ];
}
