import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
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

/** Runs that differ from a common one, from noise with Adam and clipping, in the settings given. */
function runner(model: Classifier, side: number): Maximize {
  const common = {
    start: startPixels('noise', side),
    steps: 60,
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
function mainRows(maximize: Maximize, label: number, picture: Tensor4D, side: number) {
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
  const steps = [1, 5, 20].map((count) => maximize(`${count}`, classOf(label), { steps: count }));
  const long = maximize('120', classOf(label), { steps: 120 });
  const rows: MaximizationRow[] = [
    { label: 'start\n(Adam, 0.1)', results: starts },
    { label: 'valid pixels', results: valid },
    { label: 'objective', results: outputs },
    { label: 'optimizer', results: rules },
    { label: 'steps', results: [...steps, again('60'), long] },
  ];
  const charts = [
    { title: 'Start (Adam, 0.1)', yLabel: 'score', runs: starts },
    { title: 'Optimizer', yLabel: 'score', runs: rules },
  ].map(({ runs, ...rest }) =>
    scoresChart({ ...rest, runs: runs.map(({ title, scores }) => ({ name: title, scores })) }),
  );
  return { rows, charts };
}

/** The bonus, as far as it is there: a row that fails is left out, and why is said above the figure. */
function bonusRows(maximize: Maximize, model: Classifier, label: number) {
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
  add('classes, all\nregularizers,\n100 steps', () =>
    someClasses(model).map((one) =>
      maximize(model.classNames[one], classOf(one), { regularizers: together, steps: 100 }),
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

/** Draws optimal images, one row for each thing that is varied, and the scores over the steps. */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded networks, above all the robust one. */
  readonly model?: Classifier;
  /** The first one is where one of the runs starts. Default: one of the shapes. */
  readonly pictures?: readonly Raster[];
}): Promise<string[]> {
  const model = options.model ?? loadEmbedded('robust');
  const side = options.model ? options.model.inputSize : EMBEDDED_SIDE;
  const label = 1;
  const maximize = runner(model, side);
  const { images } = gallery(model, options.pictures?.slice(0, 1));
  const first = deprocess(images.slice<Tensor4D>([0, 0, 0, 0], [1, -1, -1, -1]));
  const main = mainRows(maximize, label, first.resizeBilinear<Tensor4D>([side, side], false, true), side);
  const classes = (of: Classifier): Run[] => {
    const maximizeWith = runner(of, side);
    return someClasses(of).map((one) => maximizeWith(of.classNames[one], classOf(one)));
  };
  const rows = [
    ...main.rows,
    { label: 'classes', results: classes(model) },
    ...(options.model
      ? []
      : [{ label: 'classes, standard network', results: classes(loadEmbedded('standard')) }]),
  ];
  const bonus = bonusRows(maximize, model, label);
  const settings = `Unless something else is said: the score of ${model.classNames[label]} (${model.name}), from noise, pixels clipped, Adam with rate 0.05, 60 steps. Below each image: the objective at the start and at the end.`;
  const charts = main.charts.map((chart) => ({ picture: chart }));
  const drawn: Record<string, Raster> = {
    activation_maximization: maximizationFigure(rows, [settings, ...bonus.missing].join('\n')),
    activation_maximization_scores: figure({ title: 'Score over the steps', panels: [charts] }),
    ...(bonus.rows.length > 0
      ? { activation_maximization_bonus: maximizationFigure(bonus.rows, settings) }
      : {}),
  };
  const files: string[] = [];
  for (const [name, picture] of Object.entries(drawn)) {
    const file = join(options.outputDirectory, `${name}.png`);
    await savePicture(file, picture);
    files.push(file);
  }
  return files;
}
