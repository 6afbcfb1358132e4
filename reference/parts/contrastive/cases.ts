import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { noise, zeros, type Size } from '../../cases/inputs.ts';
import { convolutionModel, linearModel, type SmallModel } from '../../cases/models.ts';
import type { MistakeRole, PairRole } from '../../cases/pair-role.ts';
import { gradCam as gradCamPart } from '../grad-cam/names.ts';
import { saliencyMap } from '../saliency-map/names.ts';
import { saliencyVariants } from '../saliency-variants/names.ts';
import { contrastMethods, contrastSmoothing } from './contract.ts';
import type { ContrastMethod, ContrastOptions } from './contract.ts';
import { contrastive } from './names.ts';

const { solution, figure } = contrastive;

/** How to ask about some images: by which method, or with the two classes swapped. */
interface Question {
  readonly method: ContrastMethod;
  readonly options?: ContrastOptions;
  readonly swapped?: boolean;
}
/** Questions by the name of a call. */
type Questions = Readonly<Record<string, Question>>;

const saliency: Question = { method: 'saliency' };
const gradCam: Question = { method: 'grad-cam' };
const smoothed = (samples: number, deviation: number, seed: string): Question => ({
  method: 'smoothed',
  options: { smoothing: { samples, deviation, seed } },
});

const callsOf = (questions: Questions, images: Argument, model: Argument): Call[] =>
  Object.entries(questions).map(([id, { method, options, swapped }]) => {
    const [predicted, actual] = [{ tensor: 'predicted' }, { tensor: 'actual' }];
    const classes = swapped ? [actual, predicted] : [predicted, actual];
    const settings = options ? [{ json: { ...options } }] : [];
    return solution.call(id, 'contrast', [images, ...classes, model, { json: method }, ...settings], {
      observe: true,
    });
  });

/** Of SqueezeNet's 13 features. */
const LAST_LAYER = 12;

/**
 * The maps that the student's own functions give for the same question, one for each class: a mistake of theirs is
 * charged in their own parts.
 */
function ownMaps(
  questions: Questions,
  on: { readonly images: Argument; readonly model: Argument; readonly lastLayer: number },
): Call[] {
  const { images, model, lastLayer } = on;
  const mapOf = (id: string, { method, options = {} }: Question, labels: string): Call => {
    const args = [images, { tensor: labels }, model];
    switch (method) {
      case 'saliency':
        return saliencyMap.solution.call(id, 'computeSaliencyMaps', args);
      case 'grad-cam':
        return gradCamPart.solution.call(id, 'gradCam', [...args, { number: options.layer ?? lastLayer }]);
      case 'smoothed':
        return saliencyVariants.solution.call(id, 'saliencyVariant', [
          ...args,
          { json: { smoothing: contrastSmoothing, ...options } },
        ]);
    }
  };
  return Object.entries(questions)
    .filter(([, { swapped }]) => !swapped)
    .flatMap(([id, question]) => [
      mapOf(`${id}-own-predicted`, question, 'predicted'),
      mapOf(`${id}-own-actual`, question, 'actual'),
    ]);
}

/** The two classes of each image. */
interface Classes {
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
}

const classInputs = ({ predicted, actual }: Classes): CaseDefinition['inputs'] => ({
  predicted: integers(predicted),
  actual: integers(actual),
});

function smallCase(
  classes: Classes,
  size: Size,
  { model, weights }: SmallModel,
  questions: Questions,
): Exclude<CaseRecipe, CaseBody> {
  return ({ stream }) => ({
    inputs: {
      images: noise(stream, [classes.predicted.length, ...size, 3]),
      ...classInputs(classes),
      ...weights(stream, size),
    },
    calls: [
      ...callsOf(questions, { tensor: 'images' }, model),
      ...ownMaps(questions, { images: { tensor: 'images' }, model, lastLayer: 0 }),
    ],
  });
}

/** A model that looks at nothing: all maps are 0. */
const blindModel: SmallModel = {
  ...convolutionModel(3),
  weights: () => ({ filters: zeros([1, 1, 3, 2]), dense: zeros([2, 3]) }),
};

/** A picture that a deep network gets wrong. */
function mistakeCase({ image, model, predicted, actual }: MistakeRole, questions: Questions): CaseBody {
  return {
    inputs: classInputs({ predicted: [predicted], actual: [actual] }),
    calls: [
      ...callsOf(questions, image, model),
      ...ownMaps(questions, { images: image, model, lastLayer: LAST_LAYER }),
    ],
  };
}

/** What the driver draws of such a picture, of one call for each method. */
function pictureOf({ image, predictedName, actualName, isTrue }: MistakeRole): Call {
  const drawn = contrastMethods.map((method) => ({
    record: { method: { json: method }, maps: result(method) },
  }));
  const results = {
    images: image,
    predictedNames: { json: [predictedName] },
    actualNames: { json: [actualName] },
    others: { json: isTrue ? 'truth' : 'second choice' },
    methods: { list: drawn },
  };
  return figure.call('picture', 'contrastPicture', [{ record: results }]);
}

export function contrastiveCases(seed: string, { mistakes }: PairRole): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(contrastive, seed);
  const flat = smallCase({ predicted: [0, 1], actual: [2, 0] }, [5, 5], blindModel, { 'grad-cam': gradCam });
  const bothWays = { maps: saliency, turned: { ...saliency, swapped: true } };
  return [
    // On a linear model the maps are max_c |W_y|.
    publicCase('linear', smallCase({ predicted: [2, 0], actual: [1, 3] }, [6, 6], linearModel(5), bothWays)),
    publicCase('mistake', {
      ...mistakeCase(mistakes.first, {
        saliency,
        'grad-cam': gradCam,
        smoothed: smoothed(4, 0.35, 'mistake'),
      }),
      derived: [pictureOf(mistakes.first)],
    }),
    privateCase(
      'methods',
      smallCase({ predicted: [0, 4, 2], actual: [3, 1, 4] }, [9, 14], convolutionModel(5), {
        saliency,
        'grad-cam': gradCam,
        smoothed: smoothed(3, 0.8, 'methods'),
        'smoothed-by-default': { method: 'smoothed' },
      }),
    ),
    privateCase('turned', smallCase({ predicted: [4], actual: [0] }, [7, 5], linearModel(5), bothWays)),
    privateCase(
      'robust-mistake',
      mistakeCase(mistakes.robust, {
        smoothed: smoothed(4, 0.35, 'robust-mistake'),
        shallow: { ...gradCam, options: { layer: 7 } },
      }),
    ),
    privateCase('flat', (randomness) => ({
      ...flat(randomness),
      constant: true,
    })),
  ];
}
