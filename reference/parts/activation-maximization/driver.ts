import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import type { DrawingOptions } from '../../lib/drawing-options.ts';
import { gallery } from '../../lib/gallery.ts';
import { loadEmbedded } from '../../lib/models/embedded.ts';
import { figure } from '../../lib/picture/figure.ts';
import { savePicture } from '../../lib/picture/files.ts';
import { deprocess } from '../../lib/picture/preprocess.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { formatNumber } from '../../lib/picture/theme.ts';
import { maximizeActivation } from './activation-maximization.ts';
import { adam } from './contract.ts';
import type { MaximizationOptions, Objective, Optimizer, Regularizers } from './contract.ts';
import { maximizationFigure, scoresChart } from './figure.ts';
import type { DrawnMaximization, MaximizationRow } from './figure.ts';
import { startPixels } from './pixels.ts';

type Settings = Partial<MaximizationOptions>;
/** An image with the scores on the way to it. */
type Run = DrawnMaximization & { readonly scores: readonly number[] };
type Maximize = (title: string, objective: Objective, settings?: Settings) => Run;

const classOf = (label: number, output: 'logit' | 'softmax' | 'log-softmax' = 'logit'): Objective => ({
  kind: 'class',
  label,
  output,
});

/** The side of the images of the embedded networks: smaller than the pictures they know, which is quicker. */
const EMBEDDED_SIDE = 96;

/** Steps of a run on the embedded networks, and on a larger one, where a step takes many times as long. */
const EMBEDDED_STEPS = 60;
const OTHER_STEPS = 30;

/** Runs that differ from a common one, from noise with Adam and clipping, in the settings given. */
function runner(model: Classifier, side: number, steps: number): Maximize {
  const common = {
    start: startPixels('noise', side),
    steps,
    parametrization: 'clip',
    optimizer: adam(0.05),
  } as const;
  return (title, objective, settings = {}) => {
    const { image, scores } = maximizeActivation(objective, model, { ...common, ...settings });
    const caption = `${formatNumber(scores[0])} to ${formatNumber(scores[scores.length - 1])}`;
    return { title, image, scores, caption };
  };
}

const optimizers: Readonly<Record<string, Optimizer>> = {
  'ascent, 1': { kind: 'ascent', learningRate: 1 },
  'ascent, 5': { kind: 'ascent', learningRate: 5 },
  'momentum, 1': { kind: 'momentum', learningRate: 1, momentum: 0.9 },
  'Adam, 0.01': adam(0.01),
};

/** The starts are compared at a rate that leads away from all of them, black too, where gradients are small. */
const FAST = adam(0.1);

/** All regularizers together, each weaker than alone. */
const together: Regularizers = { l2: 1e-5, tv: 3e-5, blur: { every: 3, sigma: 1 }, jitter: 2 };
const regularizers: Readonly<Record<string, Regularizers>> = {
  'L2 5e-4': { l2: 5e-4 },
  'variation 2e-4': { tv: 2e-4 },
  'blur 0.7 every 2': { blur: { every: 2, sigma: 0.7 } },
  'jitter 4': { jitter: 4 },
  'all, weaker': together,
};

/** Rows of what every solution can do, and the runs whose scores are worth a chart. */
function mainRows(options: {
  readonly maximize: Maximize;
  readonly label: number;
  readonly picture: Tensor4D;
  readonly side: number;
  readonly steps: number;
}) {
  const { maximize, label, picture, side, steps } = options;
  const from = (start: Tensor4D): Settings => ({ start, optimizer: FAST });
  const noise = maximize('noise', classOf(label));
  const again = (title: string): Run => ({ ...noise, title });
  const fast = maximize('noise', classOf(label), { optimizer: FAST });
  const starts = [
    maximize('zeros', classOf(label), from(startPixels('zeros', side))),
    maximize('ones', classOf(label), from(startPixels('ones', side))),
    fast,
    maximize('a picture', classOf(label), from(picture)),
  ];
  const valid = [
    again('clip'),
    maximize('sigmoid', classOf(label), { parametrization: 'sigmoid', optimizer: adam(0.3) }),
  ];
  const outputs = [
    again('score'),
    maximize('probability', classOf(label, 'softmax')),
    maximize('log-probability', classOf(label, 'log-softmax')),
  ];
  const rules = [
    ...Object.entries(optimizers).map(([title, optimizer]) => maximize(title, classOf(label), { optimizer })),
    again('Adam, 0.05'),
    { ...fast, title: 'Adam, 0.1' },
  ];
  const short = [1 / 60, 1 / 12, 1 / 3]
    .map((share) => Math.ceil(share * steps))
    .map((count) => maximize(`${count}`, classOf(label), { steps: count }));
  const long = maximize(`${2 * steps}`, classOf(label), { steps: 2 * steps });
  const rows: MaximizationRow[] = [
    { label: 'start\n(Adam, 0.1)', results: starts },
    { label: 'valid pixels', results: valid },
    { label: 'objective', results: outputs },
    { label: 'optimizer', results: rules },
    { label: 'steps', results: [...short, again(`${steps}`), long] },
  ];
  const charts = [
    { title: 'Start (Adam, 0.1)', yLabel: 'score', runs: starts },
    { title: 'Optimizer', yLabel: 'score', runs: rules },
  ].map(({ runs, ...rest }) =>
    scoresChart({ ...rest, runs: runs.map(({ title, scores }) => ({ name: title, scores })) }),
  );
  return { rows, charts };
}

/** The bonus as far as it is written: a row that fails is left out, and the figure says why. */
function bonusRows(maximize: Maximize, model: Classifier, label: number, steps: number) {
  const rows: MaximizationRow[] = [];
  const missing: string[] = [];
  const add = (name: string, make: () => Run[]): void => {
    try {
      rows.push({ label: name, results: make() });
    } catch (error) {
      missing.push(
        `Bonus: ${name.replaceAll('\n', ' ')} left out: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  add('regularizers', () =>
    Object.entries(regularizers).map(([title, settings]) =>
      maximize(title, classOf(label), { regularizers: settings }),
    ),
  );
  add(`classes, all\nregularizers,\n${Math.ceil((5 / 3) * steps)} steps`, () =>
    someClasses(model).map((one) =>
      maximize(model.classNames[one], classOf(one), {
        regularizers: together,
        steps: Math.ceil((5 / 3) * steps),
      }),
    ),
  );
  add('hidden features,\nall regularizers', () =>
    [4, 6, 7, 9, 10, 12].map((layer) =>
      maximize(
        `layer ${layer}, channel 1`,
        { kind: 'feature', layer, channel: 1 },
        { regularizers: together },
      ),
    ),
  );
  return { rows, missing };
}

/** Up to six classes, spread over all there are. */
function someClasses({ classNames }: Classifier): number[] {
  const count = Math.min(6, classNames.length);
  return Array.from({ length: count }, (_, i) => Math.floor((i * classNames.length) / count));
}

/**
 * Draws optimal images, one row for each thing that is varied, and the scores over the steps. Without a model it is
 * the embedded networks, above all the robust one, that are looked into; one run starts at the first picture.
 */
export async function visualize(
  options: DrawingOptions & {
    readonly outputDirectory: string;
    /** How many steps most runs have. */
    readonly steps?: number;
  },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('robust');
  const side = options.model ? options.model.inputSize : EMBEDDED_SIDE;
  const label = 1;
  const steps = options.steps ?? (options.model ? OTHER_STEPS : EMBEDDED_STEPS);
  const maximize = runner(model, side, steps);
  const { images } = gallery(model, options.pictures?.slice(0, 1));
  const first = deprocess(images.slice<Tensor4D>([0, 0, 0, 0], [1, -1, -1, -1]));
  const picture = first.resizeBilinear<Tensor4D>([side, side], false, true);
  const main = mainRows({ maximize, label, picture, side, steps });
  const classes = (network: Classifier): Run[] => {
    const maximizeWith = runner(network, side, steps);
    return someClasses(network).map((one) => maximizeWith(network.classNames[one], classOf(one)));
  };
  const rows = [
    ...main.rows,
    { label: 'classes', results: classes(model) },
    ...(options.model
      ? []
      : [{ label: 'classes, standard network', results: classes(loadEmbedded('standard')) }]),
  ];
  const bonus = bonusRows(maximize, model, label, steps);
  const settings = `Unless something else is said: the score of ${model.classNames[label]} (${model.name}), from noise, pixels clipped, Adam with rate 0.05, ${steps} steps. Below each image: the objective at the start and at the end.`;
  const charts = main.charts.map((chart) => ({ picture: chart }));
  const drawn: Record<string, Raster> = {
    activation_maximization: maximizationFigure(rows, [settings, ...bonus.missing].join('\n')),
    activation_maximization_scores: figure({ title: 'Score over the steps', panels: [charts] }),
    ...(bonus.rows.length > 0
      ? { activation_maximization_bonus: maximizationFigure(bonus.rows, settings) }
      : {}),
  };
  const files: string[] = [];
  for (const [name, raster] of Object.entries(drawn)) {
    const file = join(options.outputDirectory, `${name}.png`);
    await savePicture(file, raster);
    files.push(file);
  }
  return files;
}
