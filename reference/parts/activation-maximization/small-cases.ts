import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { noise, uniform, zeros, type Size } from '../../cases/inputs.ts';
import { convolutionModel, type SmallModel } from '../../cases/models.ts';
import type { Objective, Optimizer, Regularizers } from './contract.ts';
import { activationMaximization } from './names.ts';
import { walk, type Settings } from './network-cases.ts';

const { solution } = activationMaximization;

/** Away from black and white, so that nothing is clipped at once. */
const PIXEL_RANGE = [0.2, 0.8] as const;

/** The objective as a number and by its gradient, which the preprocessing enters. */
export function scoresCase(objectives: Readonly<Record<string, Objective>>): CaseRecipe {
  const size: Size = [8, 11];
  const { model, weights } = convolutionModel(4);
  return ({ stream }) => ({
    inputs: { pixels: uniform(stream, [1, ...size, 3], PIXEL_RANGE), ...weights(stream, size) },
    calls: Object.entries(objectives).map(([id, objective]) =>
      solution.call(id, 'objectiveScore', [{ tensor: 'pixels' }, { json: objective }, model], {
        gradient: { argument: 0 },
      }),
    ),
  });
}

/** Three steps in a row, each with the state of the one before. */
export function optimizerCase(optimizer: Optimizer): CaseRecipe {
  const shape = [1, 3, 4, 3];
  const names = ['first', 'second', 'third'];
  const fresh: Argument = {
    record: { step: { number: 0 }, first: { tensor: 'zeros' }, second: { tensor: 'zeros' } },
  };
  const stateAt = (step: number): Argument => (step === 0 ? fresh : result(names[step - 1], ['state']));
  return ({ stream }) => ({
    inputs: {
      zeros: zeros(shape),
      ...Object.fromEntries(
        names.map((name) => [`gradient-${name}`, noise(stream, shape, { deviation: 0.3 })]),
      ),
    },
    calls: names.map((name, step) =>
      solution.call(name, 'optimizerStep', [
        { tensor: `gradient-${name}` },
        stateAt(step),
        { json: optimizer },
      ]),
    ),
  });
}

/** Runs on a small model from random pixels. */
export function walkCase(
  size: Size,
  { model, weights }: SmallModel,
  runs: Readonly<Record<string, { readonly objective: Objective; readonly settings: Settings }>>,
): CaseRecipe {
  return ({ stream }) => {
    const tensors = weights(stream, size);
    return {
      inputs: { start: uniform(stream, [1, ...size, 3], PIXEL_RANGE), ...tensors },
      calls: Object.entries(runs).map(([run, what]) =>
        walk(run, { ...what, model, start: { tensor: 'start' } }, { observe: true }),
      ),
    };
  };
}

/** Both penalties on a picture that is not square, by value and gradient. */
export const penaltyCase: CaseRecipe = ({ stream }) => {
  const penalty = (id: string, weights: Regularizers): Call =>
    solution.call(id, 'regularizationPenalty', [{ tensor: 'pixels' }, { json: weights }], {
      gradient: { argument: 0 },
    });
  return {
    inputs: { pixels: uniform(stream, [1, 6, 9, 3], PIXEL_RANGE) },
    calls: [penalty('l2', { l2: 0.3 }), penalty('tv', { tv: 0.7 }), penalty('both', { l2: 0.05, tv: 0.02 })],
  };
};
