import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import type { DrawingOptions } from '../../lib/drawing-options.ts';
import { loadEmbedded } from '../../lib/models/embedded.ts';
import { figure } from '../../lib/picture/figure.ts';
import { savePicture } from '../../lib/picture/files.ts';
import type { Panel } from '../../lib/picture/panel.ts';
import { preprocess } from '../../lib/picture/preprocess.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { resizeShorterSide } from '../../lib/picture/resize.ts';
import { fromImages, toPixels } from '../../lib/picture/tensors.ts';
import { randomStream } from '../../lib/random.ts';
import { landscape } from '../../lib/shapes/landscape.ts';
import {
  courseSettings,
  isCourseNetwork,
  relativeSettings,
  type Setting,
  type Weighting,
} from './settings.ts';
import { styleTransfer, styleTransferTargets } from './style-transfer.ts';
import { weightsFor } from './weights-for.ts';

/** Shorter sides in pixels: of stylized pictures, and of what is painted from noise alone. */
const STYLIZED_SIZE = 192;
const FROM_NOISE_SIZE = 144;
/** Room for a picture in the figures, in pixels. */
const CELL = 288;

/** A network and the settings for it, with the unit that their weights are in. */
interface Studio {
  readonly model: Classifier;
  readonly units: 'absolute' | 'relative';
  readonly settingsAt: (size: number) => readonly Setting[];
  /** The content picture at a shorter side in pixels. */
  readonly contentAt: (size: number) => Raster;
  readonly onProgress: DrawingOptions['onProgress'];
}

function studioOf(
  model: Classifier,
  { scenes, onProgress }: Pick<DrawingOptions, 'onProgress' | 'scenes'>,
): Studio {
  const units = isCourseNetwork(model) ? 'absolute' : 'relative';
  const own = (size: number): readonly Setting[] =>
    units === 'absolute' ? courseSettings : relativeSettings(size);
  if (!scenes) return { model, units, settingsAt: own, contentAt: landscape, onProgress };
  const { content, styles } = scenes;
  const settingsAt = (size: number): Setting[] =>
    own(size).map((setting, i) => ({
      ...setting,
      style: `picture ${1 + (i % styles.length)}`,
      paint: (side) => resizeShorterSide(styles[i % styles.length], side),
    }));
  return { model, units, settingsAt, contentAt: (size) => resizeShorterSide(content, size), onProgress };
}

function weigh(content: Tensor4D, style: Tensor4D, model: Classifier, relative: Weighting): Weighting {
  const targets = styleTransferTargets(content, style, model, relative);
  const ofContent = styleTransferTargets(content, content, model, relative);
  const weights = weightsFor(relative, { targets, ofContent, size: content.size });
  tf.dispose([targets, ofContent]);
  return weights;
}

interface Painting {
  readonly title: string;
  readonly content: Raster;
  readonly style: Raster;
  /** Standard deviation of the noise in the image that the run starts from. */
  readonly noise: number;
  /** Whether the content picture is in it too. */
  readonly fromContent: boolean;
  readonly weighting: Weighting;
}

/** Paints one picture. */
function paint({ model, units, onProgress }: Studio, painting: Painting): Raster {
  onProgress?.(`${painting.title}, ${painting.weighting.schedule.steps} steps`);
  const toImage = (picture: Raster): Tensor4D => tf.tidy(() => preprocess(toPixels([picture])));
  const [content, style] = [toImage(painting.content), toImage(painting.style)];
  const weights =
    units === 'absolute' ? painting.weighting : weigh(content, style, model, painting.weighting);
  const noise = randomStream('style transfer').normals(content.size, 0, painting.noise);
  const start = tf.tidy(() => {
    const image = tf.tensor4d(noise, content.shape);
    return painting.fromContent ? image.add<Tensor4D>(content) : image;
  });
  const { image } = styleTransfer(content, style, model, { ...weights, start });
  const [picture] = fromImages(image);
  tf.dispose([content, style, start, image]);
  return picture;
}

const panel = (picture: Raster, title: string): Panel => ({ picture, title, enlarge: 'bilinear' });

async function save(file: string, title: string, ...panels: readonly Panel[][]): Promise<string> {
  await savePicture(file, figure({ title, panels, cell: CELL }));
  return file;
}

/** Content, style and the picture that has both. */
function transferPanels(
  studio: Studio,
  setting: Setting,
  own: { readonly content?: Raster | undefined; readonly style?: Raster | undefined } = {},
): Panel[] {
  const { contentSize, styleSize, noise, weighting } = setting;
  const content = own.content ? resizeShorterSide(own.content, contentSize) : studio.contentAt(contentSize);
  const style = own.style ? resizeShorterSide(own.style, styleSize) : setting.paint(styleSize);
  const result = paint(studio, {
    title: setting.painting,
    content,
    style,
    noise,
    fromContent: true,
    weighting,
  });
  return [panel(content, 'Content'), panel(style, 'Style'), panel(result, 'Content in this style')];
}

/** The content picture repainted from noise, by what single layers keep of it. */
function inversionPanels(studio: Studio): Panel[] {
  const [{ contentSize, weighting }] = studio.settingsAt(FROM_NOISE_SIZE);
  const content = studio.contentAt(contentSize);
  const styleWeights = weighting.styleWeights.map(() => 0);
  const isAbsolute = studio.units === 'absolute';
  const layers = isAbsolute ? [weighting.contentLayer] : [1, 4, 7];
  const contentWeight = isAbsolute ? weighting.contentWeight : 1;
  const inverted = layers.map((contentLayer) => {
    const only = { ...weighting, contentLayer, contentWeight, styleWeights };
    const title = `inversion of layer ${contentLayer}`;
    return paint(studio, { title, content, style: content, noise: 0.5, fromContent: false, weighting: only });
  });
  return [panel(content, 'Content'), ...inverted.map((one, i) => panel(one, `From layer ${layers[i]}`))];
}

/** The styles, and below them what is painted from noise without any content. */
function texturePanels(studio: Studio): Panel[][] {
  const pairs = studio.settingsAt(FROM_NOISE_SIZE).map((setting) => {
    const [content, style] = [studio.contentAt(setting.contentSize), setting.paint(setting.styleSize)];
    const weighting = { ...setting.weighting, contentWeight: 0 };
    const title = `texture of ${setting.style}`;
    const texture = paint(studio, { title, content, style, noise: 0.5, fromContent: false, weighting });
    return [panel(style, `Style: ${setting.style}`), panel(texture, 'Its texture')];
  });
  return [0, 1].map((row) => pairs.map((pair) => pair[row]));
}

/**
 * Paints the three settings, a feature inversion and textures; with a content or a style picture of the
 * student's own, only that one, in the last setting. Returns the files.
 */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded network that was trained on adversarial examples. */
  readonly model?: Classifier;
  /** Default: a landscape. */
  readonly content?: Raster;
  /** Default: whirling strokes. */
  readonly style?: Raster;
  /** Default: a landscape, and a pattern for each setting. */
  readonly scenes?: DrawingOptions['scenes'];
  readonly onProgress?: DrawingOptions['onProgress'];
}): Promise<string[]> {
  const { content, style } = options;
  const studio = studioOf(options.model ?? loadEmbedded('robust'), options);
  const file = (name: string): string => join(options.outputDirectory, `${name}.png`);
  const settings = studio.settingsAt(STYLIZED_SIZE);
  if (content || style) {
    const panels = transferPanels(studio, settings[settings.length - 1], { content, style });
    return [await save(file('style_transfer_own'), 'Style transfer', panels)];
  }
  const files: string[] = [];
  for (const setting of settings) {
    const title = `Style transfer, setting ${setting.painting}`;
    files.push(await save(file(`style_transfer_${setting.id}`), title, transferPanels(studio, setting)));
  }
  const inversion = 'Feature inversion: style weights 0, from noise';
  files.push(await save(file('feature_inversion'), inversion, inversionPanels(studio)));
  const texture = 'Texture synthesis: content weight 0, from noise';
  files.push(await save(file('texture_synthesis'), texture, ...texturePanels(studio)));
  return files;
}
