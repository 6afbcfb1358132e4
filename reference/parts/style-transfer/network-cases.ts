import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { result } from '../../cases/arguments.ts';
import type { CaseBody, CaseRecipe } from '../../cases/case-builders.ts';
import { activation, featureStatistics } from '../../cases/features.ts';
import { noise, uniform } from '../../cases/inputs.ts';
import { embedded } from '../../cases/models.ts';
import type { Roles, TransferRole } from '../../cases/roles.ts';
import { lossAndGradient } from '../../cases/template-module.ts';
import { styleLoss } from '../style-loss/names.ts';
import { courseSchedule } from './contract.ts';
import { styleTransfer } from './names.ts';

const { solution, picture } = styleTransfer;

/** What of the embedded network's features can be told by hand; any network would do. */
const paintingNetwork = embedded('standard');

const run = ({ content, style, options }: TransferRole, model: Argument): Call =>
  solution.call('run', 'styleTransfer', [content, style, model, { json: options }], { timeLimit: 60 });
const image = result('run', ['image']);

/** Number of channels of some layers of the embedded network. */
const channelsOf: Readonly<Record<number, number>> = { 1: 16, 3: 32, 4: 32 };

/** The loss and its gradient with several style layers out of order; the targets are such that no image has. */
export const severalLayersCase: CaseRecipe = ({ stream }) => {
  // Each term is between a tenth and a half of the loss.
  const options = {
    contentLayer: 5,
    contentWeight: 5e-2,
    styleLayers: [4, 1, 3],
    styleWeights: [15, 80, 4],
    tvWeight: 4e-3,
    schedule: courseSchedule,
  };
  const grams = options.styleLayers.map((layer) => {
    const shape = [1, channelsOf[layer], channelsOf[layer]];
    return [`gram-${layer}`, uniform(stream, shape, [0, 0.1])] as const;
  });
  const targets: Argument = {
    record: {
      content: { tensor: 'content' },
      styles: { list: grams.map(([tensor]) => ({ tensor })) },
    },
  };
  const args = [{ tensor: 'image' }, targets, paintingNetwork, { json: options }];
  return {
    inputs: {
      image: noise(stream, [1, 28, 36, 3]),
      content: uniform(stream, [1, 3, 4, 32], [0, 2]),
      ...Object.fromEntries(grams),
    },
    calls: lossAndGradient(solution, 'styleTransferLoss', args, { argument: 0 }),
  };
};

/** Targets at several layers out of order, from images of different sizes; and the student's own Gram matrices. */
export function severalTargetsCase(layers: {
  readonly contentLayer: number;
  readonly styleLayers: readonly number[];
}): CaseRecipe {
  const weights = { contentWeight: 1, styleWeights: layers.styleLayers.map(() => 1), tvWeight: 1 };
  const options = { json: { ...layers, ...weights, schedule: courseSchedule } };
  const style = { tensor: 'style' };
  const args = [{ tensor: 'content' }, style, paintingNetwork, options];
  return ({ stream }) => ({
    inputs: { content: noise(stream, [1, 24, 36, 3]), style: noise(stream, [1, 32, 20, 3]) },
    calls: [
      solution.call('targets', 'styleTransferTargets', args),
      ...layers.styleLayers.map((layer, i) =>
        styleLoss.solution.call(`own-${i}`, 'gramMatrix', [activation(style, paintingNetwork, layer)]),
      ),
    ],
  });
}

/** The loss at another image, with style layers out of order; the targets come from the submission too. */
export function layersCase({ painting, transfer: { layers } }: Roles): CaseBody {
  const { content, style, image: other, options } = layers;
  const given = [painting, { json: options }];
  const args = [other, result('targets'), ...given];
  return {
    calls: [
      solution.call('targets', 'styleTransferTargets', [content, style, ...given]),
      solution.call('loss', 'styleTransferLoss', args),
      solution.call('gradient', 'styleTransferLoss', args, { gradient: { argument: 0 } }),
    ],
  };
}

/** A run of a few steps, with the picture that it leads to. */
export function shortRunCase({ painting, transfer: { short } }: Roles): CaseBody {
  return {
    calls: [run(short, painting)],
    derived: [picture.call('picture', 'stylizedPicture', [image])],
  };
}

/** A run to the end, with what says whether content and style have arrived. */
export function wholeRunCase({ painting, transfer: { whole } }: Roles): CaseBody {
  const { content, style, options } = whole;
  const layers = { json: options.styleLayers };
  const layer = { json: options.contentLayer };
  return {
    calls: [run(whole, painting)],
    derived: [
      featureStatistics.call('result-style', 'channelStatistics', [image, painting, layers]),
      featureStatistics.call('style', 'channelStatistics', [style, painting, layers]),
      featureStatistics.call('result-content', 'activationAt', [image, painting, layer]),
      featureStatistics.call('content', 'activationAt', [content, painting, layer]),
    ],
  };
}
