import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { noiseStart } from '../lib/ascent/start.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { figure } from '../lib/picture/figure.ts';
import { savePicture } from '../lib/picture/files.ts';
import type { Panel } from '../lib/picture/panel.ts';
import { preprocess } from '../lib/picture/preprocess.ts';
import type { Raster } from '../lib/picture/raster.ts';
import { resizeShorterSide } from '../lib/picture/resize.ts';
import { fromImages, toPixels } from '../lib/picture/tensors.ts';
import { landscape } from '../lib/shapes/landscape.ts';
import { courseSettings, relativeSettings, type Setting, type Weighting } from '../lib/style-transfer/settings.ts';
import { styleTransfer, styleTransferTargets } from '../style-transfer.ts';
import { weightsFor } from '../lib/style-transfer/weights-for.ts';

/** How large the embedded networks paint, in pixels. */
const EMBEDDED_SIZE = 144;
/** Room for a picture in the figures, in pixels. */
const CELL = 288;

const toImage = (picture: Raster): Tensor4D => tf.tidy(() => preprocess(toPixels([picture])));

/** What is painted with which network, and in which units the weights of its settings are. */
interface Studio {
  readonly model: Classifier;
  readonly settings: readonly Setting[];
  readonly units: 'absolute' | 'relative';
}

function studioOf(model: Classifier): Studio {
  const isCourseNetwork = /squeezenet1[_.]1/.test(model.name);
  if (isCourseNetwork) return { model, settings: courseSettings, units: 'absolute' };
  const size = Math.max(EMBEDDED_SIZE, Math.min(192, model.inputSize));
  return { model, settings: relativeSettings(size), units: 'relative' };
}

function weigh(content: Tensor4D, style: Tensor4D, model: Classifier, relative: Weighting): Weighting {
  const targets = styleTransferTargets(content, style, model, relative);
  const ofContent = styleTransferTargets(content, content, model, relative);
  const weights = weightsFor(relative, { targets, ofContent, size: content.size });
  tf.dispose([targets, ofContent]);
  return weights;
}

/** Paints one picture; without `start` from the content picture on. */
function paint(
  { model, units }: Studio,
  pictures: { readonly content: Raster; readonly style: Raster; readonly start?: Tensor4D },
  weighting: Weighting,
): Raster {
  const [content, style] = [toImage(pictures.content), toImage(pictures.style)];
  const weights = units === 'absolute' ? weighting : weigh(content, style, model, weighting);
  const options = pictures.start ? { ...weights, start: pictures.start } : weights;
  const { image } = styleTransfer(content, style, model, options);
  const [picture] = fromImages(image);
  tf.dispose([content, style, image]);
  return picture;
}

const panel = (picture: Raster, title: string): Panel => ({ picture, title, enlarge: 'bilinear' });

async function save(
  directory: string,
  name: string,
  title: string,
  panels: readonly Panel[],
): Promise<string> {
  const file = join(directory, `${name}.png`);
  await savePicture(file, figure({ title, panels: [panels], cell: CELL }));
  return file;
}

/** Content, style and the picture that has both. */
async function transferFigure(
  studio: Studio,
  setting: Setting,
  directory: string,
  own: { readonly content?: Raster; readonly style?: Raster; readonly name?: string } = {},
): Promise<string> {
  const { contentSize, styleSize, weighting } = setting;
  const content = own.content ? resizeShorterSide(own.content, contentSize) : landscape(contentSize);
  const style = own.style ? resizeShorterSide(own.style, styleSize) : setting.paint(styleSize);
  const result = paint(studio, { content, style }, weighting);
  const panels = [panel(content, 'Content'), panel(style, 'Style'), panel(result, 'Content in this style')];
  const title = own.name ? 'Style transfer' : `Style transfer, setting ${setting.painting}`;
  return save(directory, `style_transfer_${own.name ?? setting.id}`, title, panels);
}

/** The content picture painted anew from noise, by what single layers keep of it. */
async function inversionFigure(studio: Studio, directory: string): Promise<string> {
  const [{ contentSize, weighting }] = studio.settings;
  const content = landscape(contentSize);
  const panels = [panel(content, 'Content')];
  for (const contentLayer of studio.units === 'absolute' ? [weighting.contentLayer] : [1, 4, 7]) {
    const start = noiseStart(contentSize, 'feature inversion', 0.5);
    const styleWeights = weighting.styleWeights.map(() => 0);
    const inverted = { ...weighting, contentLayer, styleWeights, contentWeight: 1 };
    panels.push(
      panel(paint(studio, { content, style: content, start }, inverted), `From layer ${contentLayer}`),
    );
    start.dispose();
  }
  return save(directory, 'feature_inversion', 'Feature inversion: style weights 0, from noise', panels);
}

/** Style without content, painted from noise. */
async function textureFigure(studio: Studio, directory: string): Promise<string> {
  const panels: Panel[] = [];
  for (const setting of studio.settings) {
    const { contentSize, weighting } = setting;
    const style = setting.paint(contentSize);
    const start = noiseStart(contentSize, 'texture synthesis', 0.5);
    const texture = paint(studio, { content: style, style, start }, { ...weighting, contentWeight: 0 });
    panels.push(panel(texture, `The texture of ${setting.style}`));
    start.dispose();
  }
  return save(directory, 'texture_synthesis', 'Texture synthesis: content weight 0, from noise', panels);
}

/**
 * Paints the three settings, a feature inversion and textures; with a content or a style picture of one's own only
 * that one, in the last setting. Returns the files.
 */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded network that was trained on adversarial examples. */
  readonly model?: Classifier;
  /** Default: a landscape. */
  readonly content?: Raster;
  /** Default: whirling strokes. */
  readonly style?: Raster;
}): Promise<string[]> {
  const { outputDirectory, content, style } = options;
  const studio = studioOf(options.model ?? loadEmbedded('robust'));
  if (content || style) {
    const setting = studio.settings[studio.settings.length - 1];
    return [await transferFigure(studio, setting, outputDirectory, { content, style, name: 'own' })];
  }
  const files: string[] = [];
  for (const setting of studio.settings) files.push(await transferFigure(studio, setting, outputDirectory));
  files.push(await inversionFigure(studio, outputDirectory));
  files.push(await textureFigure(studio, outputDirectory));
  return files;
}
