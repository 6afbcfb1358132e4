import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats, sizeOf } from '../../../grader/format/literals.ts';
import { convolutionModel, convolutionWeights, linearModel } from '../../cases/models.ts';
import { noise, zeros } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import type { Objective, Optimizer } from './contract.ts';
import { walk, type Settings } from './network-cases.ts';

const MODULE = 'introspection/activation-maximization.ts';
type Visibility = CaseDefinition['visibility'];

const pixels = (stream: RandomStream, shape: readonly number[]): TensorData =>
  floats(shape, stream.uniforms(sizeOf(shape), 0.2, 0.8));

function scoreCall(id: string, objective: Objective, model: Argument): Call {
  return {
    id,
    module: MODULE,
    export: 'objectiveScore',
    args: [{ tensor: 'pixels' }, { json: objective }, model],
    gradient: { argument: 0 },
  };
}

/** The objective as a number and by its gradient, which the preprocessing enters. */
export function scoresCase(
  id: string,
  visibility: Visibility,
  seed: string,
  objectives: Record<string, Objective>,
): CaseDefinition {
  const stream = randomStream(seed).derive('activation-maximization').derive(id);
  return {
    id,
    visibility,
    inputs: { pixels: pixels(stream, [1, 8, 11, 3]), ...convolutionWeights(stream, 4) },
    calls: Object.entries(objectives).map(([call, objective]) =>
      scoreCall(call, objective, convolutionModel),
    ),
    derived: [],
  };
}

/** Three steps in a row, each with the state of the one before. */
export function optimizerCase(seed: string, optimizer: Optimizer): CaseDefinition {
  const id = `optimizer-${optimizer.kind}`;
  const stream = randomStream(seed).derive('activation-maximization').derive(id);
  const shape = [1, 3, 4, 3];
  const names = ['first', 'second', 'third'];
  const stateAfter = (step: number): Argument =>
    step === 0
      ? { record: { step: { number: 0 }, first: { tensor: 'zeros' }, second: { tensor: 'zeros' } } }
      : { result: { call: names[step - 1], path: ['state'] } };
  return {
    id,
    visibility: 'public',
    inputs: {
      zeros: zeros(shape),
      ...Object.fromEntries(names.map((name) => [`gradient-${name}`, noise(stream, shape, 0.3)])),
    },
    calls: names.map((name, step) => ({
      id: name,
      module: MODULE,
      export: 'optimizerStep',
      args: [{ tensor: `gradient-${name}` }, stateAfter(step), { json: optimizer }],
    })),
    derived: [],
  };
}

/** Runs on a small model with the given starting pixels. */
export function smallCase(options: {
  id: string;
  visibility: Visibility;
  seed: string;
  size: readonly [number, number];
  model: 'linear' | 'convolution';
  runs: Readonly<Record<string, { objective: Objective; settings: Settings }>>;
}): CaseDefinition {
  const { id, visibility, size, model, runs } = options;
  const stream = randomStream(options.seed).derive('activation-maximization').derive(id);
  const weights =
    model === 'linear' ? { weights: noise(stream, [...size, 3, 3], 0.2) } : convolutionWeights(stream, 4);
  return {
    id,
    visibility,
    inputs: { start: pixels(stream, [1, ...size, 3]), ...weights },
    calls: Object.entries(runs).map(([run, { objective, settings }]) => ({
      ...walk(run, objective, model === 'linear' ? linearModel : convolutionModel, settings, {
        tensor: 'start',
      }),
      observe: true,
    })),
    derived: [],
  };
}

/** Both penalties on a picture that is not square, by value and gradient. */
export function penaltyCase(seed: string): CaseDefinition {
  const stream = randomStream(seed).derive('activation-maximization').derive('penalty');
  const call = (id: string, weights: { l2?: number; tv?: number }): Call => ({
    id,
    module: MODULE,
    export: 'regularizationPenalty',
    args: [{ tensor: 'pixels' }, { json: weights }],
    gradient: { argument: 0 },
  });
  return {
    id: 'penalty',
    visibility: 'public',
    inputs: { pixels: pixels(stream, [1, 6, 9, 3]) },
    calls: [call('l2', { l2: 0.3 }), call('tv', { tv: 0.7 }), call('both', { l2: 0.05, tv: 0.02 })],
    derived: [],
  };
}
