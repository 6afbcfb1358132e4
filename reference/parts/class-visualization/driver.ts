import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { noiseStart, zeroStart } from '../../lib/ascent/start.ts';
import { gallery } from '../../lib/gallery.ts';
import { loadEmbedded } from '../../lib/models/embedded.ts';
import { savePicture } from '../../lib/picture/files.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { createClassVisualization } from './class-visualization.ts';
import { classVisualizationFigure, snapshotOf, type Climb, type Snapshot } from './figure.ts';

/** How many iterations the shown pictures have behind them. */
const SHOWN_AFTER = [0, 10, 25, 50, 100];

function climb(options: {
  readonly label: string;
  readonly target: number;
  readonly model: Classifier;
  readonly start: Tensor4D;
}): Climb {
  const { label, target, model, start } = options;
  const snapshots: Snapshot[] = [snapshotOf(start, target, model)];
  const image = createClassVisualization(target, model, {
    start,
    iterations: SHOWN_AFTER[SHOWN_AFTER.length - 1],
    onIteration: (current, t) => {
      if (SHOWN_AFTER.includes(t + 1)) snapshots.push(snapshotOf(current, target, model));
    },
  });
  image.dispose();
  return { label, snapshots };
}

/** Draws four classes over the iterations, and one of them from three starts; returns the file. */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded network that was trained on adversarial examples. */
  readonly model?: Classifier;
  /** Default: one of the shapes. */
  readonly pictures?: readonly Raster[];
  /** Four classes. */
  readonly targets?: readonly number[];
}): Promise<string[]> {
  const model = options.model ?? loadEmbedded('robust');
  const side = model.inputSize;
  const targets =
    options.targets ?? ['ring', 'star', 'cross', 'heart'].map((name) => model.classNames.indexOf(name));
  const nameOf = (target: number): string => model.classNames[target];
  const [first] = targets;
  const picture = gallery(model, options.pictures?.slice(0, 1)).images.slice(
    [0, 0, 0, 0],
    [1, side, side, 3],
  );
  const climbs = [
    ...targets.map((target) => ({
      label: `${nameOf(target)}\nfrom noise`,
      target,
      start: noiseStart(side, target),
    })),
    { label: `${nameOf(first)}\nfrom zeros`, target: first, start: zeroStart(side) },
    { label: `${nameOf(first)}\nfrom a picture`, target: first, start: picture },
  ].map((settings) => climb({ ...settings, model }));
  const columns = SHOWN_AFTER.map((count) => (count === 0 ? 'start' : `after ${count}`));
  const file = join(options.outputDirectory, 'class_visualization.png');
  await savePicture(file, classVisualizationFigure(columns, climbs));
  return [file];
}
