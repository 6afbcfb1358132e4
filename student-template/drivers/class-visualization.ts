import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import type { DrawingOptions } from '../lib/drawing-options.ts';
import { noiseStart, zeroStart } from '../lib/ascent/start.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { createClassVisualization } from '../visualizers/class-visualization.ts';
import { classVisualizationFigure, snapshotOf, type Climb, type Snapshot } from '../lib/figures/class-visualization.ts';

/** How many iterations the shown pictures have behind them. */
const SHOWN_AFTER = [0, 10, 25, 50, 100];

function climb(options: {
  readonly label: string;
  readonly target: number;
  readonly model: Classifier;
  readonly start: Tensor4D;
  readonly onProgress: DrawingOptions['onProgress'];
}): Climb {
  const { label, target, model, start, onProgress } = options;
  const snapshots: Snapshot[] = [snapshotOf(start, target, model)];
  const image = createClassVisualization(target, model, {
    start,
    iterations: SHOWN_AFTER[SHOWN_AFTER.length - 1],
    onIteration: (current, t) => {
      if (!SHOWN_AFTER.includes(t + 1)) return;
      snapshots.push(snapshotOf(current, target, model));
      onProgress?.(`${label.replace('\n', ' ')}, ${t + 1} of ${SHOWN_AFTER[SHOWN_AFTER.length - 1]} steps`);
    },
  });
  image.dispose();
  return { label, snapshots };
}

/** A class to visualize, and the seed of the noise to start from. */
interface Shown {
  readonly target: number;
  readonly noise: string;
}

/** Shapes whose form comes out well from this noise; from another one, a climb may never find a form at all. */
const SHAPES = { star: 'b', triangle: 'a', disc: 'b', square: 'a' };

/** Classes of ImageNet that the course shows: tarantula, Yorkshire terrier, flamingo, daisy. */
const IMAGENET_TARGETS = [76, 187, 130, 985];

function shownClasses({ classNames }: Classifier): Shown[] {
  const shapes = Object.entries(SHAPES).map(([name, noise]) => ({ target: classNames.indexOf(name), noise }));
  if (shapes.every(({ target }) => target >= 0)) return shapes;
  const targets = classNames.length === 1000 ? IMAGENET_TARGETS : [...classNames.keys()].slice(0, 4);
  return targets.map((target) => ({ target, noise: 'a' }));
}

/**
 * Draws four classes over the iterations, and one of them from three starts; returns the file. The network is by
 * default the embedded one that was trained on adversarial examples.
 */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('robust');
  const side = model.inputSize;
  const shown = shownClasses(model);
  const nameOf = (target: number): string => model.classNames[target];
  const [{ target: first }] = shown;
  const picture = gallery(model, options.pictures?.slice(0, 1)).images.slice(
    [0, 0, 0, 0],
    [1, side, side, 3],
  );
  const climbs = [
    ...shown.map(({ target, noise }) => ({
      label: `${nameOf(target)}\nfrom noise`,
      target,
      start: noiseStart(side, noise),
    })),
    { label: `${nameOf(first)}\nfrom zeros`, target: first, start: zeroStart(side) },
    { label: `${nameOf(first)}\nfrom a picture`, target: first, start: picture },
  ].map((settings) => climb({ ...settings, model, onProgress: options.onProgress }));
  const columns = SHOWN_AFTER.map((count) => (count === 0 ? 'start' : `after ${count}`));
  const file = join(options.outputDirectory, 'class_visualization.png');
  await savePicture(file, classVisualizationFigure(columns, climbs));
  return [file];
}
