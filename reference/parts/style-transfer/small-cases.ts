import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { TensorData } from '../../../grader/assignment/define.ts';
import type { CaseBody, CaseRecipe } from '../../cases/case-builders.ts';
import { noise, uniform, zeros, type Size } from '../../cases/inputs.ts';
import { convolutionModel } from '../../cases/models.ts';
import type { RandomStream } from '../../lib/random.ts';
import { courseSchedule, type Schedule } from './contract.ts';
import { styleTransfer } from './names.ts';

const { solution } = styleTransfer;

/** Filters of the small model, which is one convolution of 3x3 with ReLU; its only feature is number 0. */
const channels = 5;
const { model } = convolutionModel(2);

interface Weights {
  readonly content: number;
  readonly style: number;
  readonly tv: number;
}
const allTerms: Weights = { content: 5e-2, style: 30, tv: 4e-2 };
/** No loss, so no slope either. */
export const noTerms: Weights = { content: 0, style: 0, tv: 0 };

function optionsOf({ content, style, tv }: Weights, schedule: Schedule = courseSchedule): Argument {
  const weights = { contentWeight: content, styleWeights: [style], tvWeight: tv };
  return { json: { contentLayer: 0, styleLayers: [0], ...weights, schedule: { ...schedule } } };
}

/** The tensors of a case on images of H by W, among them targets that no image has. */
function tensorsOf(stream: RandomStream, size: Size): Record<string, TensorData> {
  const image = [1, ...size, 3];
  return {
    filters: noise(stream, [3, 3, 3, channels], { deviation: 0.3 }),
    dense: noise(stream, [channels, 2]),
    image: noise(stream, image, { deviation: 1.1 }),
    mean: noise(stream, image, { deviation: 0.5 }),
    square: uniform(stream, image, [0.1, 2]),
    zeros: zeros(image),
    'content-target': uniform(stream, [1, ...size, channels], [0, 2]),
    'style-target': uniform(stream, [1, channels, channels], [0, 0.4]),
  };
}

const targets: Argument = {
  record: { content: { tensor: 'content-target' }, styles: { list: [{ tensor: 'style-target' }] } },
};

/** Calls with those of some tensors that they name. */
function assemble(tensors: Record<string, TensorData>, calls: Call[]): CaseBody {
  const used = JSON.stringify(calls);
  const inputs = Object.entries(tensors).filter(([name]) => used.includes(`"tensor":"${name}"`));
  return { inputs: Object.fromEntries(inputs), calls };
}

/** Content and style image of different sizes. */
export const targetsCase: CaseRecipe = ({ stream }) => {
  const pictures = { content: noise(stream, [1, 7, 9, 3]), style: noise(stream, [1, 8, 6, 3]) };
  const args = [{ tensor: 'content' }, { tensor: 'style' }, model, optionsOf(allTerms)];
  return assemble({ ...tensorsOf(stream, [1, 1]), ...pictures }, [
    solution.call('targets', 'styleTransferTargets', args, { observe: true }),
  ]);
};

/** Each term of the loss alone. */
export function lossCase(size: Size): CaseRecipe {
  const args = (weights: Weights): Argument[] => [{ tensor: 'image' }, targets, model, optionsOf(weights)];
  const alone = (id: string, weight: Partial<Weights>): Call =>
    solution.call(id, 'styleTransferLoss', args({ ...noTerms, ...weight }));
  const { content, style, tv } = allTerms;
  return ({ stream }) =>
    assemble(tensorsOf(stream, size), [
      alone('content', { content }),
      alone('style', { style }),
      alone('variation', { tv }),
    ]);
}

/** Single steps from one state, each by the number that the schedule sees. */
export function stepCase(plan: {
  readonly size: Size;
  readonly steps: Readonly<Record<string, number>>;
  readonly schedule?: Schedule;
  /** Adam has not taken a step yet. */
  readonly fresh?: boolean;
  /** Default: all terms count. */
  readonly weights?: Weights;
}): CaseRecipe {
  const { size, steps, schedule, fresh = false, weights = allTerms } = plan;
  const calls = Object.entries(steps).map(([id, step]) => {
    const adam = {
      steps: { number: fresh ? 0 : step },
      mean: { tensor: fresh ? 'zeros' : 'mean' },
      square: { tensor: fresh ? 'zeros' : 'square' },
    };
    const state = { record: { image: { tensor: 'image' }, adam: { record: adam } } };
    const args = [state, { number: step }, targets, model, optionsOf(weights, schedule)];
    return solution.call(id, 'styleTransferStep', args, { observe: true });
  });
  return ({ stream }) => assemble(tensorsOf(stream, size), calls);
}
