import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { given } from '../../cases/given.ts';
import { embedded, linearModel } from '../../cases/models.ts';
import { shapes } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';

const MODULE = 'introspection/attribution.ts';

/** What is asked for by the name of a call: a map at a scale, or integrated gradients. */
type Asked = { readonly scale?: number } | { readonly steps: number; readonly withBaseline?: boolean };

function callOf(id: string, asked: Asked, images: Argument, model: Argument): Call {
  const args: Argument[] = [images, { tensor: 'labels' }, model];
  if (!('steps' in asked)) {
    return { id, module: MODULE, export: 'attribute', args: [...args, { json: asked }] };
  }
  const { steps, withBaseline } = asked;
  const options = { steps: { number: steps }, ...(withBaseline ? { baseline: { tensor: 'baseline' } } : {}) };
  return {
    id,
    module: MODULE,
    export: 'integratedGradients',
    args: [...args, { record: options }],
  };
}

interface CaseOptions {
  readonly id: string;
  readonly visibility: CaseDefinition['visibility'];
  readonly seed: string;
  readonly labels: readonly number[];
  readonly asked: Readonly<Record<string, Asked>>;
}

function smallCase(
  { id, visibility, seed, labels, asked, size }: CaseOptions & { readonly size: readonly [number, number] },
  model: Argument,
  weights: (stream: RandomStream) => Record<string, TensorData>,
): CaseDefinition {
  const stream = randomStream(seed).derive('attribution').derive(id);
  return {
    id,
    visibility,
    inputs: {
      images: noise(stream, [labels.length, ...size, 3]),
      labels: integers(labels),
      baseline: noise(stream, [1, ...size, 3], 0.5),
      ...weights(stream),
    },
    calls: Object.entries(asked).map(([call, one]) => ({
      ...callOf(call, one, { tensor: 'images' }, model),
      observe: true,
    })),
    derived: [],
  };
}

/** The map is |W| at any scale, and integrated gradients are (I - B) * W with any number of points. */
function linearCase(options: CaseOptions & { size: [number, number]; classes: number }): CaseDefinition {
  return smallCase(options, linearModel, (stream) => ({
    weights: noise(stream, [...options.size, 3, options.classes]),
  }));
}

/** Units with a bias: the scale decides which of them are on. */
function reluCase(options: CaseOptions & { size: [number, number]; classes: number }): CaseDefinition {
  const args = ['hidden', 'output', 'bias'].map((tensor) => ({ tensor }));
  const model = given('lib/models/two-layer.ts', 'twoLayerRelu', args);
  return smallCase(options, model, (stream) => ({
    hidden: noise(stream, [...options.size, 3, 12], 0.3),
    output: noise(stream, [12, options.classes]),
    bias: noise(stream, [12], 1.5),
  }));
}

/** An embedded network on drawn shapes; completeness is judged by its own scores, from the bytes that came back. */
function networkCase(
  options: CaseOptions & { model: 'standard' | 'robust'; side: number; drawn?: boolean },
): CaseDefinition {
  const { id, visibility, seed, labels, asked, side, drawn } = options;
  const model = embedded(options.model);
  const seedOfCase = `${seed}/attribution/${id}`;
  const images = shapes({ seed: seedOfCase, start: 0, count: labels.length, size: side, labels });
  const maps = Object.entries(asked).flatMap(([call, one]) =>
    'steps' in one ? [] : [{ record: { scale: { number: one.scale ?? 1 }, maps: { result: { call } } } }],
  );
  const integrals = Object.keys(asked).filter((call) => 'steps' in asked[call]);
  const gaps = integrals.map((call) => ({
    id: 'gap',
    module: 'lib/completeness.ts',
    export: 'completenessGap',
    args: [{ result: { call } }, images, { tensor: 'labels' }, model],
  }));
  const block: Argument = {
    record: {
      images,
      names: { json: labels.map((label) => `class ${label}`) },
      scaled: { list: maps },
      integrated: { result: { call: integrals[0] } },
    },
  };
  const picture = {
    id: 'picture',
    module: 'lib/figures/attribution.ts',
    export: 'attributionPicture',
    args: [block],
  };
  return {
    id,
    visibility,
    inputs: { labels: integers(labels) },
    calls: Object.entries(asked).map(([call, one]) => callOf(call, one, images, model)),
    derived: drawn ? [...gaps, picture] : gaps,
  };
}

export function attributionCases(seed: string): CaseDefinition[] {
  return [
    linearCase({
      id: 'linear',
      visibility: 'public',
      seed,
      labels: [2, 0],
      size: [5, 5],
      classes: 3,
      asked: { full: {}, faint: { scale: 0.05 }, integrated: { steps: 8 } },
    }),
    reluCase({
      id: 'relu',
      visibility: 'public',
      seed,
      labels: [1, 1, 0],
      size: [4, 6],
      classes: 2,
      asked: { full: {}, faint: { scale: 0.2 }, integrated: { steps: 10 } },
    }),
    networkCase({
      id: 'network',
      visibility: 'public',
      seed,
      labels: [2, 8],
      model: 'standard',
      side: 128,
      asked: { faint: { scale: 0.05 }, full: {}, integrated: { steps: 48 } },
      drawn: true,
    }),
    reluCase({
      id: 'relu-batch',
      visibility: 'private',
      seed,
      labels: [3, 0, 2, 1],
      size: [7, 3],
      classes: 4,
      asked: { faint: { scale: 0.01 }, middle: { scale: 0.35 }, integrated: { steps: 7 } },
    }),
    reluCase({
      id: 'baseline',
      visibility: 'private',
      seed,
      labels: [2, 1],
      size: [5, 6],
      classes: 3,
      asked: { integrated: { steps: 5, withBaseline: true } },
    }),
    networkCase({
      id: 'network-batch',
      visibility: 'private',
      seed,
      labels: [0, 5, 8],
      model: 'robust',
      side: 72,
      asked: { faint: { scale: 0.1 } },
    }),
    networkCase({
      id: 'network-complete',
      visibility: 'private',
      seed,
      labels: [3, 7],
      model: 'robust',
      side: 128,
      asked: { integrated: { steps: 48 } },
    }),
  ];
}
