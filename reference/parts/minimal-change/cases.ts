import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import type { Size } from '../../cases/inputs.ts';
import { convolutionModel, linearModel, type SmallModel } from '../../cases/models.ts';
import type { MistakeRole, PairRole } from '../../cases/pair-role.ts';
import { preprocessModule } from '../../cases/pictures.ts';
import { channelDeviation, channelMean } from '../../lib/picture/preprocess.ts';
import type { RandomStream } from '../../lib/random.ts';
import type { MinimalChangeOptions } from './contract.ts';
import { minimalChange } from './names.ts';

const { solution, scores, figure } = minimalChange;

/** Settings by the name of a call. */
type Runs = Readonly<Record<string, MinimalChangeOptions>>;

const callsOf = (runs: Runs, image: Argument, target: number, model: Argument): Call[] =>
  Object.entries(runs).map(([id, options]) =>
    solution.call(id, 'minimalChange', [image, { number: target }, model, { json: { ...options } }], {
      observe: true,
      timeLimit: 30,
    }),
  );

/** A preprocessed picture of random pixels between two values in [0, 1]. */
function picture(
  stream: RandomStream,
  [height, width]: Size,
  [from, to]: readonly [from: number, to: number],
): TensorData {
  const pixels = stream.uniforms(height * width * 3, from, to);
  return floats(
    [1, height, width, 3],
    pixels.map((value, i) => (value - channelMean[i % 3]) / channelDeviation[i % 3]),
  );
}

/** Some of the pixels lie so near a border of the valid colours that a step leaves them. */
const anyColours = [0, 1] as const;

/** The target is not the class that the model sees: descending towards that one would pass for right. */
function smallCase(
  target: number,
  size: Size,
  { model, weights }: SmallModel,
  runs: Runs,
  pixels: readonly [from: number, to: number] = [0.3, 0.7],
): CaseRecipe {
  return ({ stream }) => ({
    inputs: { image: picture(stream, size, pixels), ...weights(stream, size) },
    calls: callsOf(runs, { tensor: 'image' }, target, model),
  });
}

/**
 * The last two of four classes have the same weights, so their scores are the same whatever the picture: towards one of
 * them both rise together, until no class has a higher score. The target is the first of the two, which an argmax
 * names, too.
 */
const twinModel: SmallModel = {
  model: linearModel(4).model,
  weights: (stream, size) => {
    const { weights } = linearModel(4, 0.1).weights(stream, size);
    const data = weights.data.map((value, i) => (i % 4 === 3 ? weights.data[i - 1] : value));
    return { weights: { ...weights, data } as TensorData };
  },
};

/** A picture that a deep network gets wrong. */
function mistakeCase({ image, actual, model }: MistakeRole, runs: Runs): CaseBody {
  return { calls: callsOf(runs, image, actual, model) };
}

const changed = result('change', ['image']);

const scoresOfChanged = ({ model }: MistakeRole): Call => scores.call('scores', 'scoresOf', [model, changed]);

function pictureOfChange({ image, predictedName, actualName }: MistakeRole): Call {
  const drawn = {
    original: image,
    changed,
    predictedName: { json: predictedName },
    targetName: { json: actualName },
    probabilities: result('change', ['probabilities']),
    reached: result('change', ['reached']),
  };
  return figure.call('picture', 'minimalChangePicture', [{ list: [{ record: drawn }] }]);
}

export function minimalChangeCases(seed: string, { mistakes, changes }: PairRole): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(minimalChange, seed);
  const { first, second, robust } = mistakes;
  // On a linear model the gradient of the cross-entropy is a mixture of the classes' weights.
  const linear = linearModel(4, 0.1);
  return [
    publicCase(
      'one-step',
      smallCase(1, [6, 6], linear, { change: { penalty: 0.2, steps: 1, learningRate: 0.5 } }),
    ),
    publicCase('mistake', {
      ...mistakeCase(first, { change: changes.first }),
      derived: [scoresOfChanged(first), pictureOfChange(first)],
    }),
    privateCase(
      'steps',
      smallCase(
        2,
        [5, 8],
        linear,
        {
          change: { penalty: 0.1, steps: 4, learningRate: 2 },
          nothing: { penalty: 0.1, steps: 0, learningRate: 0.4 },
        },
        anyColours,
      ),
    ),
    privateCase(
      'convolution',
      smallCase(
        2,
        [7, 10],
        convolutionModel(4),
        { change: { penalty: 0.05, steps: 3, learningRate: 6 } },
        anyColours,
      ),
    ),
    privateCase(
      'twins',
      smallCase(2, [4, 7], twinModel, { change: { penalty: 0, steps: 3, learningRate: 0.5 } }),
    ),
    // Scores so far apart that the probability of the target is 0 in float32, and its logarithm is not.
    privateCase(
      'unlikely',
      smallCase(0, [5, 4], linearModel(4, 20), {
        change: { penalty: 0.5, steps: 2, learningRate: 1e-3 },
      }),
    ),
    privateCase(
      'valid',
      smallCase(1, [6, 6], linear, { change: { penalty: 0.02, steps: 2, learningRate: 6 } }, anyColours),
    ),
    privateCase('price', mistakeCase(second, { cheap: changes.cheap, dear: changes.dear })),
    privateCase('robust-mistake', {
      ...mistakeCase(robust, { change: changes.robust }),
      derived: [scoresOfChanged(robust), preprocessModule.call('pixels', 'deprocess', [changed])],
    }),
  ];
}
