import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { given } from '../../cases/given.ts';
import { convolutionModel, convolutionWeights, embedded, linearModel } from '../../cases/models.ts';
import { shapes } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { gallerySource } from '../../lib/gallery.ts';
import { shapesModel } from '../../lib/models/shapes-classifier.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import type { ClassVisualizationOptions } from './contract.ts';

/** The class of the whole climb, one that the network finds from any start. */
export const climbedClass = shapesModel.classNames.indexOf('hourglass');

const MODULE = 'visualizers/class-visualization.ts';
const FIGURE = 'lib/figures/class-visualization.ts';

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'>;
/** Options that are plain data. */
type Settings = Omit<ClassVisualizationOptions, 'start' | 'onIteration'>;

const streamOf = (seed: string, id: string): RandomStream =>
  randomStream(seed).derive('class-visualization').derive(id);

/** The settings as an argument, with the picture to start from if there is one. */
function settings(options: Settings, start?: Argument): Argument {
  const entries = Object.entries(options).map(([key, value]): [string, Argument] => [key, { json: value }]);
  return { record: { ...Object.fromEntries(entries), ...(start ? { start } : {}) } };
}

const step = (target: number, model: Argument, options: Settings): Call => ({
  id: 'step',
  module: MODULE,
  export: 'classVisualizationStep',
  args: [{ tensor: 'image' }, { number: target }, model, settings(options)],
});
const climb = (id: string, target: number, model: Argument, options: Argument): Call => ({
  id,
  module: MODULE,
  export: 'createClassVisualization',
  args: [{ number: target }, model, options],
});

/** On a linear model one step is `I + rate * g / norm(g)` with `g = W_y - 2 lambda I`: a closed form. */
function linearStep(
  seed: string,
  head: CaseHead,
  options: Settings & { readonly target: number; readonly size: readonly [number, number] },
): CaseDefinition {
  const { target, size, ...rest } = options;
  const stream = streamOf(seed, head.id);
  return {
    ...head,
    inputs: { image: noise(stream, [1, ...size, 3]), weights: noise(stream, [...size, 3, 5]) },
    calls: [{ ...step(target, linearModel, rest), observe: true }],
    derived: [],
  };
}

function convolutionStep(
  seed: string,
  head: CaseHead,
  options: Settings & { readonly target: number },
): CaseDefinition {
  const { target, ...rest } = options;
  const stream = streamOf(seed, head.id);
  return {
    ...head,
    inputs: { image: noise(stream, [1, 10, 10, 3]), ...convolutionWeights(stream, 4) },
    calls: [step(target, convolutionModel, rest)],
    derived: [],
  };
}

/** A model without weights and no regularizer: there is no way up. */
function flatStep(seed: string): CaseDefinition {
  const id = 'flat';
  const zeros = floats([4, 4, 3, 2], new Float32Array(96));
  return {
    id,
    visibility: 'private',
    inputs: { image: noise(streamOf(seed, id), [1, 4, 4, 3]), weights: zeros },
    calls: [step(1, linearModel, { l2Reg: 0, learningRate: 2 })],
    derived: [],
  };
}

/** A few iterations, in which every shift, clamp and blur shows. */
function iterationsCase(
  seed: string,
  head: CaseHead,
  options: Settings & { readonly target: number; readonly start: boolean },
): CaseDefinition {
  const { target, start, ...rest } = options;
  const stream = streamOf(seed, head.id);
  const picture: Record<string, TensorData> = start ? { start: noise(stream, [1, 14, 14, 3], 1.5) } : {};
  return {
    ...head,
    inputs: { ...picture, ...convolutionWeights(stream, 3) },
    calls: [
      {
        ...climb('image', target, convolutionModel, settings(rest, start ? { tensor: 'start' } : undefined)),
        observe: true,
      },
    ],
    derived: [],
  };
}

/** The first iterations on the way from a heart to a star, side by side. */
function filmCase(): CaseDefinition {
  const model = embedded('robust');
  const heart = {
    seed: gallerySource.seed,
    start: gallerySource.start,
    count: 1,
    size: shapesModel.inputSize,
  };
  const start = shapes(heart);
  const after = [1, 4, 8];
  return {
    id: 'film',
    visibility: 'public',
    inputs: {},
    calls: after.map((iterations) =>
      climb(
        `after-${iterations}`,
        shapesModel.classNames.indexOf('star'),
        model,
        settings({ iterations, seed: 'film' }, start),
      ),
    ),
    derived: [
      {
        id: 'film',
        module: FIGURE,
        export: 'filmStrip',
        args: [
          { list: [start, ...after.map((count): Argument => ({ result: { call: `after-${count}` } }))] },
        ],
      },
    ],
  };
}

/** A climb on the embedded network, once as usual and once without blur and jitter. */
function climbCase(
  head: CaseHead,
  options: { readonly target: number; readonly iterations: number; readonly seed: string },
): CaseDefinition {
  const { target, ...rest } = options;
  const model = embedded('robust');
  const start = given('lib/ascent/start.ts', 'zeroStart', [{ number: shapesModel.inputSize }]);
  const result: Argument = { result: { call: 'image' } };
  return {
    ...head,
    inputs: {},
    calls: [
      climb('image', target, model, settings(rest, start)),
      climb('unregularized', target, model, settings({ ...rest, blurSigma: 0, maxJitter: 0 }, start)),
    ],
    derived: [
      {
        id: 'scores',
        module: FIGURE,
        export: 'scoresOf',
        args: [{ list: [start, result] }, { number: target }, model],
      },
      { id: 'logits', module: FIGURE, export: 'logitsOf', args: [result, model] },
      { id: 'pixels', module: 'lib/picture/preprocess.ts', export: 'deprocess', args: [result] },
    ],
  };
}

export function classVisualizationCases(seed: string): CaseDefinition[] {
  const convolution = { target: 2, l2Reg: 1e-2, learningRate: 4 };
  return [
    linearStep(
      seed,
      { id: 'linear', visibility: 'public' },
      { target: 2, size: [6, 6], l2Reg: 0.1, learningRate: 3 },
    ),
    convolutionStep(seed, { id: 'convolution', visibility: 'public' }, convolution),
    iterationsCase(
      seed,
      { id: 'iterations', visibility: 'public' },
      {
        target: 2,
        start: true,
        l2Reg: 0.02,
        learningRate: 5,
        iterations: 5,
        blurEvery: 2,
        blurSigma: 0.6,
        maxJitter: 3,
        seed: 4,
      },
    ),
    filmCase(),
    linearStep(
      seed,
      { id: 'linear-wide', visibility: 'private' },
      { target: 4, size: [4, 7], l2Reg: 0.6, learningRate: 0.5 },
    ),
    iterationsCase(
      seed,
      { id: 'iterations-from-noise', visibility: 'private' },
      {
        target: 0,
        start: false,
        l2Reg: 0.02,
        learningRate: 8,
        iterations: 4,
        blurEvery: 3,
        blurSigma: 0.8,
        maxJitter: 5,
        seed: 11,
      },
    ),
    climbCase(
      { id: 'climb', visibility: 'private' },
      { target: climbedClass, iterations: 30, seed: 'climb' },
    ),
    flatStep(seed),
  ];
}
