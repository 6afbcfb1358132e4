import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats, sizeOf } from '../../../grader/format/literals.ts';
import { convolutionModel } from '../../cases/models.ts';
import { noise, zeros } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import { courseSchedule, type Schedule } from './contract.ts';

const MODULE = 'style-transfer.ts';

/** Filters of the small model, which is one convolution of 3x3 with ReLU; its only feature is number 0. */
const channels = 5;

interface Weights {
  readonly content: number;
  readonly style: number;
  readonly tv: number;
}
const allTerms: Weights = { content: 5e-2, style: 30, tv: 4e-2 };

function optionsOf({ content, style, tv }: Weights, schedule: Schedule): Argument {
  const weights = { contentWeight: content, styleWeights: [style], tvWeight: tv };
  return { json: { contentLayer: 0, styleLayers: [0], ...weights, schedule: { ...schedule } } };
}

/** The tensors of a case on images of H by W, among them targets that no image has. */
function tensorsOf(
  stream: RandomStream,
  [height, width]: readonly [number, number],
): Record<string, TensorData> {
  const positive = (shape: readonly number[], min: number, max: number): TensorData =>
    floats(shape, stream.uniforms(sizeOf(shape), min, max));
  const image = [1, height, width, 3];
  return {
    filters: noise(stream, [3, 3, 3, channels], 0.3),
    dense: noise(stream, [channels, 2]),
    image: noise(stream, image, 1.1),
    mean: noise(stream, image, 0.5),
    square: positive(image, 0.1, 2),
    zeros: zeros(image),
    'content-target': positive([1, height, width, channels], 0, 2),
    'style-target': positive([1, channels, channels], 0, 0.4),
  };
}

const targets: Argument = {
  record: { content: { tensor: 'content-target' }, styles: { list: [{ tensor: 'style-target' }] } },
};

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'> & { readonly seed: string };
const streamOf = ({ seed, id }: CaseHead): RandomStream =>
  randomStream(seed).derive('style-transfer').derive(id);

function assemble(
  { id, visibility }: CaseHead,
  tensors: Record<string, TensorData>,
  calls: Call[],
): CaseDefinition {
  const used = JSON.stringify(calls);
  const inputs = Object.entries(tensors).filter(([name]) => used.includes(`"tensor":"${name}"`));
  return { id, visibility, inputs: Object.fromEntries(inputs), calls, derived: [] };
}

/** Content and style image of different sizes. */
export function targetsCase(head: CaseHead): CaseDefinition {
  const stream = streamOf(head);
  const picture = (shape: readonly number[]): TensorData => floats(shape, stream.normals(sizeOf(shape)));
  const pictures = { content: picture([1, 7, 9, 3]), style: picture([1, 8, 6, 3]) };
  const args = [
    { tensor: 'content' },
    { tensor: 'style' },
    convolutionModel,
    optionsOf(allTerms, courseSchedule),
  ];
  return assemble(head, { ...tensorsOf(stream, [1, 1]), ...pictures }, [
    { id: 'targets', module: MODULE, export: 'styleTransferTargets', args },
  ]);
}

/** The loss and its gradient, and each of its terms alone. */
export function lossCase(head: CaseHead, size: readonly [number, number]): CaseDefinition {
  const call = (id: string, weights: Weights): Call => ({
    id,
    module: MODULE,
    export: 'styleTransferLoss',
    args: [{ tensor: 'image' }, targets, convolutionModel, optionsOf(weights, courseSchedule)],
  });
  const { content, style, tv } = allTerms;
  return assemble(head, tensorsOf(streamOf(head), size), [
    { ...call('loss', allTerms), observe: true },
    { ...call('gradient', allTerms), gradient: { argument: 0 } },
    call('content', { content, style: 0, tv: 0 }),
    call('style', { content: 0, style, tv: 0 }),
    call('variation', { content: 0, style: 0, tv }),
  ]);
}

/** Single steps from one state, each by the number that the schedule sees. */
export function stepCase(
  head: CaseHead,
  plan: {
    readonly size: readonly [number, number];
    readonly steps: Readonly<Record<string, number>>;
    readonly schedule?: Schedule;
    /** Adam has not taken a step yet. */
    readonly fresh?: boolean;
  },
): CaseDefinition {
  const { size, steps, schedule = courseSchedule, fresh = false } = plan;
  const calls = Object.entries(steps).map(([id, step]): Call => {
    const adam = {
      steps: { number: fresh ? 0 : step },
      mean: { tensor: fresh ? 'zeros' : 'mean' },
      square: { tensor: fresh ? 'zeros' : 'square' },
    };
    const state = { record: { image: { tensor: 'image' }, adam: { record: adam } } };
    const args = [state, { number: step }, targets, convolutionModel, optionsOf(allTerms, schedule)];
    return { id, module: MODULE, export: 'styleTransferStep', args, observe: true };
  });
  return assemble(head, tensorsOf(streamOf(head), size), calls);
}
