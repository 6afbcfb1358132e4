import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import type * as starts from '../../lib/ascent/start.ts';
import { jsonArguments, result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { noise, type Size } from '../../cases/inputs.ts';
import { convolutionModel, linearModel, type SmallModel } from '../../cases/models.ts';
import { preprocessModule } from '../../cases/pictures.ts';
import type { Roles } from '../../cases/roles.ts';
import { templateModule, type CallOptions } from '../../cases/template-module.ts';
import type { ClassVisualizationOptions } from './contract.ts';
import { classVisualization } from './names.ts';

const { solution, watched, figure } = classVisualization;

/** Options that are plain data. */
type Settings = Omit<ClassVisualizationOptions, 'start' | 'onIteration'>;

/** The settings as an argument, with the picture to start from if there is one. */
const optionsOf = (settings: Settings, start?: Argument): Argument => ({
  record: { ...jsonArguments(settings), ...(start ? { start } : {}) },
});
const climb = (id: string, target: number, model: Argument, options: Argument, asked?: CallOptions): Call =>
  solution.call(id, 'createClassVisualization', [{ number: target }, model, options], asked);

/** One step. On a linear model it is `I + rate * g / norm(g)` with `g = W_y - 2 lambda I`: a closed form. */
function stepCase(
  target: number,
  size: Size,
  { model, weights }: SmallModel,
  settings: Settings,
  asked?: CallOptions,
): CaseRecipe {
  const args = [{ tensor: 'image' }, { number: target }, model, optionsOf(settings)];
  return ({ stream }) => ({
    inputs: { image: noise(stream, [1, ...size, 3]), ...weights(stream, size) },
    calls: [solution.call('step', 'classVisualizationStep', args, asked)],
  });
}

/** Noise to start from, on a model in which every shift, clamp and blur shows. */
function givenStart(callsOn: (start: Argument, model: Argument) => Call[]): CaseRecipe {
  const { model, weights } = convolutionModel(3);
  const size: Size = [12, 15];
  return ({ stream }) => ({
    inputs: { start: noise(stream, [1, ...size, 3], { deviation: 1.5 }), ...weights(stream, size) },
    calls: callsOn({ tensor: 'start' }, model),
  });
}

/** A few iterations from noise that the function draws itself. */
function ownStart(target: number, settings: Settings): CaseRecipe {
  const { model, weights } = convolutionModel(3);
  return ({ stream }) => ({
    inputs: weights(stream, [16, 16]),
    calls: [climb('image', target, model, optionsOf(settings))],
  });
}

/** The first iterations on the way from a picture to a class that it does not show, side by side. */
function filmCase({ climbed, longCall, film: { start, target, iterations: shown } }: Roles): CaseBody {
  const calls = shown.map((iterations) =>
    climb(
      `after-${iterations}`,
      target,
      climbed.model,
      optionsOf({ iterations, seed: 'film' }, start),
      longCall,
    ),
  );
  const strip = { list: [start, ...calls.map(({ id }) => result(id))] };
  return { calls, derived: [figure.call('film', 'filmStrip', [strip])] };
}

/** A climb on a deep network. */
function climbCase({
  longCall,
  climbed: { model, inputSize },
  climb: { target, iterations, size = inputSize },
}: Roles): CaseBody {
  const settings = { iterations, seed: 'climb' };
  const zeroStart = templateModule<typeof starts>('lib/ascent/start.ts').given('zeroStart', [
    { number: size },
  ]);
  const image = result('image');
  return {
    calls: [climb('image', target, model, optionsOf(settings, zeroStart), longCall)],
    derived: [
      figure.call('scores', 'scoresOf', [{ list: [zeroStart, image] }, { number: target }, model]),
      figure.call('logits', 'logitsOf', [image, model]),
      preprocessModule.call('pixels', 'deprocess', [image]),
    ],
  };
}

export function classVisualizationCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(classVisualization, seed);
  const observed = { observe: true };
  const strong = { l2Reg: 0.02, learningRate: 5 };
  const iterations = { iterations: 5, blurEvery: 2, blurSigma: 0.6, maxJitter: 3, seed: 4 };
  const fromNoise = { iterations: 4, blurEvery: 3, blurSigma: 0.8, maxJitter: 5, seed: 11 };
  return [
    publicCase('linear', stepCase(2, [6, 6], linearModel(5), { l2Reg: 0.1, learningRate: 3 }, observed)),
    publicCase('convolution', stepCase(2, [10, 10], convolutionModel(4), { l2Reg: 1e-2, learningRate: 4 })),
    publicCase(
      'iterations',
      givenStart((start, model) => [
        climb('image', 2, model, optionsOf({ ...strong, ...iterations }, start), observed),
      ]),
    ),
    publicCase('film', filmCase(roles)),
    privateCase('linear-wide', stepCase(4, [4, 7], linearModel(5), { l2Reg: 0.6, learningRate: 0.5 })),
    privateCase('iterations-from-noise', ownStart(0, { l2Reg: 0.02, learningRate: 8, ...fromNoise })),
    privateCase(
      'watched',
      givenStart((start, model) => [
        watched.call('climb', 'watchedClimb', [
          { number: 1 },
          model,
          optionsOf({ ...strong, iterations: 4, blurEvery: 2, blurSigma: 0.7, maxJitter: 4, seed: 6 }, start),
        ]),
      ]),
    ),
    privateCase(
      'defaults',
      givenStart((start, model) => [
        solution.call('step', 'classVisualizationStep', [start, { number: 0 }, model]),
        climb('image', 2, model, optionsOf({ iterations: 3 }, start)),
        watched.call('to-the-end', 'watchedClimb', [{ number: 1 }, model]),
      ]),
    ),
    privateCase('climb', climbCase(roles)),
    // A model without weights and no regularizer: there is no way up.
    privateCase('flat', stepCase(1, [4, 4], linearModel(2, 0), { l2Reg: 0, learningRate: 2 })),
  ];
}
