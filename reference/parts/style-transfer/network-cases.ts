import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { painted, type Scene } from '../../cases/pictures.ts';
import { courseSchedule, type Schedule } from './contract.ts';
import { embeddedNetwork } from '../../cases/features.ts';

const MODULE = 'style-transfer.ts';
const STATISTICS = 'lib/style-transfer/feature-statistics.ts';

interface Setting {
  readonly content: Argument;
  readonly style: Argument;
  readonly options: {
    readonly contentLayer: number;
    readonly contentWeight: number;
    readonly styleLayers: readonly number[];
    readonly styleWeights: readonly number[];
    readonly tvWeight: number;
    readonly schedule: Schedule;
  };
}

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'>;

const transfer = ({ content, style, options }: Setting): Call => ({
  id: 'run',
  module: MODULE,
  export: 'styleTransfer',
  args: [content, style, embeddedNetwork, { json: options }],
  timeLimit: 60,
});

/** The loss at the style image, with style layers out of order; the targets come from the submission too. */
export function layersCase(head: CaseHead): CaseDefinition {
  const options = {
    contentLayer: 5,
    contentWeight: 1e-2,
    styleLayers: [6, 1, 4],
    styleWeights: [1, 20, 50],
    tvWeight: 2e-2,
    schedule: courseSchedule,
  };
  const [content, style] = [painted('landscape', 40), painted('geometricMosaic', 40)];
  const loss = {
    module: MODULE,
    export: 'styleTransferLoss',
    args: [painted('wavyBands', 40), { result: { call: 'targets' } }, embeddedNetwork, { json: options }],
  };
  return {
    ...head,
    inputs: {},
    calls: [
      {
        id: 'targets',
        module: MODULE,
        export: 'styleTransferTargets',
        args: [content, style, embeddedNetwork, { json: options }],
      },
      { ...loss, id: 'loss' },
      { ...loss, id: 'gradient', gradient: { argument: 0 } },
    ],
    derived: [],
  };
}

/** A run of a few steps, with the picture that it leads to. */
export function shortRunCase(head: CaseHead, setting: Setting): CaseDefinition {
  return {
    ...head,
    inputs: {},
    calls: [transfer(setting)],
    derived: [
      {
        id: 'picture',
        module: 'lib/style-transfer/stylized-picture.ts',
        export: 'stylizedPicture',
        args: [{ result: { call: 'run', path: ['image'] } }],
      },
    ],
  };
}

/** A run to the end, with what says whether content and style have arrived. */
export function wholeRunCase(head: CaseHead, setting: Setting): CaseDefinition {
  const { content, style, options } = setting;
  const result: Argument = { result: { call: 'run', path: ['image'] } };
  const measure = (id: string, name: string, image: Argument, layers: unknown): Call => ({
    id,
    module: STATISTICS,
    export: name,
    args: [image, embeddedNetwork, { json: layers }],
  });
  const derived = [
    measure('result-style', 'channelStatistics', result, options.styleLayers),
    measure('style', 'channelStatistics', style, options.styleLayers),
    measure('result-content', 'activationAt', result, options.contentLayer),
    measure('content', 'activationAt', content, options.contentLayer),
  ];
  return { ...head, inputs: {}, calls: [transfer(setting)], derived };
}

/** A setting on the bundled pictures. */
export function sceneSetting(
  { content, style, size }: { content: Scene; style: Scene; size: number },
  options: Setting['options'],
): Setting {
  return { content: painted(content, size), style: painted(style, size), options };
}
