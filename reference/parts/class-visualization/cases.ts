import type { Argument, Call } from '../../../grader/spec/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/spec/define.ts';
import { floats } from '../../../grader/spec/literals.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import { embedded, given, noise } from '../saliency-map/cases.ts';
import type { ClassVisualizationOptions } from './contract.ts';

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

const linearModel = given('lib/models/linear.ts', 'linearClassifier', [{ tensor: 'weights' }]);
const oneConvolution = given('lib/models/one-convolution.ts', 'oneConvolution', [
  { tensor: 'filters' },
  { tensor: 'dense' },
]);
const convolutionWeights = (stream: RandomStream, classes: number): Record<string, TensorData> => ({
  filters: noise(stream, [3, 3, 3, 6], 0.5),
  dense: noise(stream, [6, classes]),
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
    calls: [step(target, oneConvolution, rest)],
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
  const picture: Record<string, TensorData> = start ? { start: noise(stream, [1, 14, 14, 3], 0.5) } : {};
  return {
    ...head,
    inputs: { ...picture, ...convolutionWeights(stream, 3) },
    calls: [
      {
        ...climb('image', target, oneConvolution, settings(rest, start ? { tensor: 'start' } : undefined)),
        observe: true,
      },
    ],
    derived: [],
  };
}

/** Side of the pictures that climb on an embedded network; half its own, so that they are ready in no time. */
const SIDE = 64;
const startFrom = (name: 'zeroStart' | 'noiseStart', ...more: Argument[]): Argument =>
  given('lib/ascent/start.ts', name, [{ number: SIDE }, ...more]);

/** The first iterations on the embedded network, side by side. */
function filmCase(): CaseDefinition {
  const model = embedded('robust');
  const start = startFrom('noiseStart', { json: 'film' });
  const after = [1, 3, 6];
  const options: Settings = { learningRate: 6, blurEvery: 2, maxJitter: 4, seed: 'film' };
  return {
    id: 'film',
    visibility: 'public',
    inputs: {},
    calls: after.map((iterations) =>
      climb(`after-${iterations}`, 3, model, settings({ ...options, iterations }, start)),
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

/** A whole climb on the embedded network, once as usual and once without blur and jitter. */
function climbCase(
  head: CaseHead,
  options: { readonly target: number; readonly seed: string },
): CaseDefinition {
  const { target, seed } = options;
  const model = embedded('robust');
  const start = startFrom('zeroStart');
  const common: Settings = { learningRate: 6, iterations: 40, seed };
  const result: Argument = { result: { call: 'image' } };
  return {
    ...head,
    inputs: {},
    calls: [
      climb('image', target, model, settings({ ...common, blurEvery: 4, maxJitter: 4 }, start)),
      climb('unregularized', target, model, settings({ ...common, blurSigma: 0, maxJitter: 0 }, start)),
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
        target: 1,
        start: true,
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
        learningRate: 8,
        iterations: 4,
        blurEvery: 3,
        blurSigma: 0.8,
        maxJitter: 5,
        seed: 11,
      },
    ),
    climbCase({ id: 'climb', visibility: 'private' }, { target: 7, seed: 'climb' }),
    flatStep(seed),
  ];
}
