import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { noise, uniform, zeros, type Size } from '../../cases/inputs.ts';
import { convolutionModel, type SmallModel } from '../../cases/models.ts';
import type { Objective, Optimizer, Regularizers } from './contract.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { activationMaximization } from './names.ts';
import { walk, type Settings } from './network-cases.ts';

const { solution } = activationMaximization;

/** Away from black and white, so that nothing is clipped at once. */
const PIXEL_RANGE = [0.2, 0.8] as const;

/** Objectives of random pixels, by default as numbers and by their gradients, which the preprocessing enters. */
export function scoresCase(
  objectives: Readonly<Record<string, Objective>>,
  {
    size = [8, 11],
    on = convolutionModel(4),
    asked = { gradient: { argument: 0 } },
  }: { readonly size?: Size; readonly on?: SmallModel; readonly asked?: CallOptions } = {},
): CaseRecipe {
  const { model, weights } = on;
  return ({ stream }) => ({
    inputs: { pixels: uniform(stream, [1, ...size, 3], PIXEL_RANGE), ...weights(stream, size) },
    calls: Object.entries(objectives).map(([id, objective]) =>
      solution.call(id, 'objectiveScore', [{ tensor: 'pixels' }, { json: objective }, model], asked),
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

/** One step of several optimizers in the middle of a run. */
export function laterStepsCase(optimizers: Readonly<Record<string, Optimizer>>): CaseRecipe {
  const shape = [1, 4, 3, 3];
  const state: Argument = {
    record: { step: { number: 6 }, first: { tensor: 'first' }, second: { tensor: 'second' } },
  };
  return ({ stream }) => ({
    inputs: {
      gradient: noise(stream, shape, { deviation: 0.4 }),
      first: noise(stream, shape, { deviation: 0.2 }),
      second: uniform(stream, shape, [0.01, 0.5]),
    },
    calls: Object.entries(optimizers).map(([id, optimizer]) =>
      solution.call(id, 'optimizerStep', [{ tensor: 'gradient' }, state, { json: optimizer }], {
        observe: true,
      }),
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
    calls: [penalty('both', { l2: 0.05, tv: 0.02 })],
  };
};

/** Each penalty alone on a narrow picture. */
export const onePenaltyCase: CaseRecipe = ({ stream }) => ({
  inputs: { pixels: uniform(stream, [1, 7, 4, 3], PIXEL_RANGE) },
  calls: Object.entries({ l2: { l2: 0.3 }, tv: { tv: 0.7 } }).map(([id, weights]) =>
    solution.call(id, 'regularizationPenalty', [{ tensor: 'pixels' }, { json: weights }], { observe: true }),
  ),
});
