import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { convolutionModel, convolutionWeights, embedded, linearModel } from '../../cases/models.ts';
import { noise, zeros } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import { contrastMethods } from './contract.ts';
import type { ContrastMethod, ContrastOptions } from './contract.ts';
import { labelOf, mistakeImage, mistakes } from '../../cases/mistakes.ts';

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'>;

function ask(
  id: string,
  question: {
    images: Argument;
    predicted?: string;
    actual?: string;
    model: Argument;
    method: ContrastMethod;
  },
  options?: ContrastOptions,
): Call {
  const { images, predicted = 'predicted', actual = 'actual', model, method } = question;
  const settings = options ? [{ json: { ...options } }] : [];
  return {
    id,
    module: 'introspection/contrastive.ts',
    export: 'contrast',
    args: [images, { tensor: predicted }, { tensor: actual }, model, { json: method }, ...settings],
    observe: true,
  };
}

interface SmallCase extends CaseHead {
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
  /** Height and width. */
  readonly size: readonly [number, number];
}

function smallCase(
  seed: string,
  { id, visibility, predicted, actual, size }: SmallCase,
  made: { weights: (stream: RandomStream) => Record<string, TensorData>; calls: readonly Call[] },
): CaseDefinition {
  const stream = randomStream(seed).derive('contrastive').derive(id);
  return {
    id,
    visibility,
    inputs: {
      images: noise(stream, [predicted.length, ...size, 3]),
      predicted: integers(predicted),
      actual: integers(actual),
      ...made.weights(stream),
    },
    calls: [...made.calls],
    derived: [],
  };
}

const images: Argument = { tensor: 'images' };

/** On a linear model the maps are max_c |W_y|; asked once more with the classes the other way round. */
function linearCase(seed: string, options: SmallCase): CaseDefinition {
  const question = { images, model: linearModel, method: 'saliency' } as const;
  return smallCase(seed, options, {
    weights: (stream) => ({ weights: noise(stream, [...options.size, 3, 5]) }),
    calls: [ask('maps', question), ask('turned', { ...question, predicted: 'actual', actual: 'predicted' })],
  });
}

/** Each method on filters with a ReLU. */
function convolutionCase(seed: string, options: SmallCase): CaseDefinition {
  const smoothing = { samples: 3, deviation: 0.8, seed: options.id };
  const of = (method: ContrastMethod) => ({ images, model: convolutionModel, method });
  return smallCase(seed, options, {
    weights: (stream) => convolutionWeights(stream, 5),
    calls: [
      ask('saliency', of('saliency')),
      ask('grad-cam', of('grad-cam')),
      ask('smoothed', of('smoothed'), { smoothing }),
    ],
  });
}

/** A model that looks at nothing: all maps are 0. */
function flatCase(seed: string, options: SmallCase): CaseDefinition {
  return smallCase(seed, options, {
    weights: () => ({ filters: zeros([1, 1, 3, 2]), dense: zeros([2, 3]) }),
    calls: [ask('grad-cam', { images, model: convolutionModel, method: 'grad-cam' })],
  });
}

/** A picture that an embedded network gets wrong, by all methods, as the driver draws it. */
function drawnMistake({ id, visibility }: CaseHead, name: keyof typeof mistakes): CaseDefinition {
  const { model, predicted, actual } = mistakes[name];
  const question = { images: mistakeImage(mistakes[name]), model: embedded(model) };
  const smoothing = { samples: 4, deviation: 0.35, seed: id };
  const drawn = contrastMethods.map((method) => ({
    record: { method: { json: method }, maps: { result: { call: method } } },
  }));
  const results = {
    images: question.images,
    predictedNames: { json: [predicted] },
    actualNames: { json: [actual] },
    others: { json: 'truth' },
    methods: { list: drawn },
  };
  return {
    id,
    visibility,
    inputs: labelsOf(name),
    calls: contrastMethods.map((method) =>
      ask(method, { ...question, method }, method === 'smoothed' ? { smoothing } : undefined),
    ),
    derived: [
      {
        id: 'picture',
        module: 'lib/figures/contrastive.ts',
        export: 'contrastPicture',
        args: [{ record: results }],
      },
    ],
  };
}

/** Another one, by the methods that have settings. */
function mistakeWithSettings({ id, visibility }: CaseHead, name: keyof typeof mistakes): CaseDefinition {
  const question = { images: mistakeImage(mistakes[name]), model: embedded(mistakes[name].model) };
  const smoothing = { samples: 4, deviation: 0.35, seed: id };
  return {
    id,
    visibility,
    inputs: labelsOf(name),
    calls: [
      ask('smoothed', { ...question, method: 'smoothed' }, { smoothing }),
      ask('shallow', { ...question, method: 'grad-cam' }, { layer: 7 }),
    ],
    derived: [],
  };
}

function labelsOf(name: keyof typeof mistakes): CaseDefinition['inputs'] {
  const { predicted, actual } = mistakes[name];
  return { predicted: integers([labelOf(predicted)]), actual: integers([labelOf(actual)]) };
}

export function contrastiveCases(seed: string): CaseDefinition[] {
  return [
    linearCase(seed, { id: 'linear', visibility: 'public', predicted: [2, 0], actual: [1, 3], size: [6, 6] }),
    drawnMistake({ id: 'mistake', visibility: 'public' }, 'arrow'),
    convolutionCase(seed, {
      id: 'methods',
      visibility: 'private',
      predicted: [0, 4, 2],
      actual: [3, 1, 4],
      size: [9, 14],
    }),
    linearCase(seed, { id: 'turned', visibility: 'private', predicted: [4], actual: [0], size: [7, 5] }),
    mistakeWithSettings({ id: 'robust-mistake', visibility: 'private' }, 'ring'),
    flatCase(seed, { id: 'flat', visibility: 'private', predicted: [0, 1], actual: [2, 0], size: [5, 5] }),
  ];
}
