import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { result } from '../../cases/arguments.ts';
import type { CaseBody } from '../../cases/case-builders.ts';
import { featureStatistics, paintingNetwork } from '../../cases/features.ts';
import { painted, type Scene } from '../../cases/pictures.ts';
import { courseSchedule, type StyleTransferOptions } from './contract.ts';
import { styleTransfer } from './names.ts';

const { solution, picture } = styleTransfer;

interface Setting {
  readonly content: Argument;
  readonly style: Argument;
  readonly options: Omit<StyleTransferOptions, 'start'>;
}

/** A setting on the bundled pictures. */
export function sceneSetting(
  { content, style, size }: { readonly content: Scene; readonly style: Scene; readonly size: number },
  options: Setting['options'],
): Setting {
  return { content: painted(content, size), style: painted(style, size), options };
}

const run = ({ content, style, options }: Setting): Call =>
  solution.call('run', 'styleTransfer', [content, style, paintingNetwork, { json: options }], {
    timeLimit: 60,
  });
const image = result('run', ['image']);

/** The loss at another image, with style layers out of order; the targets come from the submission too. */
export function layersCase(): CaseBody {
  const { content, style, options } = sceneSetting(
    { content: 'landscape', style: 'geometricMosaic', size: 40 },
    {
      contentLayer: 5,
      contentWeight: 1e-2,
      styleLayers: [6, 1, 4],
      styleWeights: [1, 20, 50],
      tvWeight: 2e-2,
      schedule: courseSchedule,
    },
  );
  const given = [paintingNetwork, { json: options }];
  const args = [painted('wavyBands', 40), result('targets'), ...given];
  return {
    calls: [
      solution.call('targets', 'styleTransferTargets', [content, style, ...given]),
      solution.call('loss', 'styleTransferLoss', args),
      solution.call('gradient', 'styleTransferLoss', args, { gradient: { argument: 0 } }),
    ],
  };
}

/** A run of a few steps, with the picture that it leads to. */
export function shortRunCase(setting: Setting): CaseBody {
  return { calls: [run(setting)], derived: [picture.call('picture', 'stylizedPicture', [image])] };
}

/** A run to the end, with what says whether content and style have arrived. */
export function wholeRunCase(setting: Setting): CaseBody {
  const { content, style, options } = setting;
  const layers = { json: options.styleLayers };
  const layer = { json: options.contentLayer };
  return {
    calls: [run(setting)],
    derived: [
      featureStatistics.call('result-style', 'channelStatistics', [image, paintingNetwork, layers]),
      featureStatistics.call('style', 'channelStatistics', [style, paintingNetwork, layers]),
      featureStatistics.call('result-content', 'activationAt', [image, paintingNetwork, layer]),
      featureStatistics.call('content', 'activationAt', [content, paintingNetwork, layer]),
    ],
  };
}
