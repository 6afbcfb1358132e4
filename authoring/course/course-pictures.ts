import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { cropSquare, type Raster } from '../../reference/lib/picture/raster.ts';
import { resize, resizeShorterSide } from '../../reference/lib/picture/resize.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { shapeBatch } from '../../reference/lib/shapes/shape-batch.ts';
import { landscape } from '../../reference/lib/shapes/landscape.ts';
import { styles } from '../../reference/lib/shapes/styles.ts';

/** A picture to explain and, where it is known, what it shows. */
export interface Candidate {
  /** For messages. */
  readonly name: string;
  /** Makes it, as large as it is: of many, only one is to be held at a time. */
  raster(): Raster;
  /** Index of its true class. */
  readonly label?: number;
}

/** Pictures that a course may be made of. */
export interface PictureSource {
  readonly explained: readonly Candidate[];
  readonly content: Raster;
  /** At least one. */
  readonly styles: readonly Raster[];
  /** Where they come from and under which licence, for the page about the course. */
  readonly note: string;
}

/** A picture with the class that it is explained for. */
export interface ChosenPicture {
  readonly name: string;
  /** Square, values as a PNG file has them. */
  readonly raster: Raster;
  readonly label: number;
}

/** The pictures that play the roles of a course. */
export interface CoursePictures {
  /** Five, each with its class. */
  readonly shown: readonly ChosenPicture[];
  /** Smaller ones, each with the class that the network sees second. */
  readonly others: readonly ChosenPicture[];
  /** Whether the classes of those that are shown are the truth, and not what the network says. */
  readonly isTruth: boolean;
  readonly content: Raster;
  /** One for each setting of style transfer. */
  readonly styles: readonly [Raster, Raster, Raster];
  readonly note: string;
}

export const SHOWN = 5;
const OTHERS = 5;
/** Pixels of the other pictures; two of them take less memory than one that is shown. */
export const OTHER_SIZE = 128;
/** Pixels of the shorter side of content and style pictures, as large as any setting asks for. */
const SCENE_SIZE = 512;

/** The course's own paintings, and drawn shapes: there is no photograph among them, and no network of ImageNet knows them. */
export function ownPaintings(side: number): PictureSource {
  const count = SHOWN - 1 - styles.length + OTHERS;
  const { images } = shapeBatch({ seed: 'a course’s pictures', start: 0, count, size: side });
  const length = side * side * 3;
  const shapes = Array.from({ length: count }, (_, i): Candidate => ({
    name: `shape ${i + 1}`,
    raster: () => ({ width: side, height: side, data: images.slice(i * length, (i + 1) * length) }),
  }));
  const paintings = [{ name: 'landscape', paint: landscape }, ...styles];
  return {
    explained: [...paintings.map(({ name, paint }) => ({ name, raster: () => paint(side) })), ...shapes],
    content: landscape(SCENE_SIZE),
    styles: [styles[1].paint(SCENE_SIZE), styles[2].paint(SCENE_SIZE), styles[0].paint(SCENE_SIZE)],
    note: 'Paintings and shapes of this project, MIT licence; photographs cannot be shipped with it. What they show is not among the classes, so each is explained for the class that the network sees.',
  };
}

/** As a PNG file has it, so that what is drawn at home and what is graded are the same. */
const asPng = ({ width, height, data }: Raster): Raster => ({
  width,
  height,
  data: data.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))) / 255),
});

/** The middle square of a picture, as large as asked for. */
export const squareAsPng = (picture: Raster, side: number): Raster =>
  asPng(resize(cropSquare(picture), { width: side, height: side }));

/** The two classes that a network sees first in a picture. */
export function choicesOf(model: Classifier, raster: Raster): readonly [first: number, second: number] {
  const choices = tf.tidy(() => {
    const { indices } = tf.topk<Tensor2D>(model.logits(preprocess(toPixels([raster]))) as Tensor2D, 2);
    return indices.dataSync();
  });
  return [choices[0], choices[1]];
}

/** Pictures of different classes first, in their order. */
function mixed(pictures: readonly ChosenPicture[]): ChosenPicture[] {
  const isNew = pictures.map(({ label }, i) => pictures.findIndex((one) => one.label === label) === i);
  return [...pictures.filter((_, i) => isNew[i]), ...pictures.filter((_, i) => !isNew[i])];
}

/**
 * Chooses the pictures of a course: those to show are ones that the network gets right, where it is known what they
 * show. The same network and pictures give the same choice.
 *
 * @throws Error: a sentence on what is missing
 */
export function choosePictures(model: Classifier, source: PictureSource): CoursePictures {
  const side = model.inputSize;
  const seen = source.explained.map(({ name, raster, label }) => {
    const whole = raster();
    const picture = squareAsPng(whole, side);
    const [first, second] = choicesOf(model, picture);
    return { name, raster: picture, label, first, second, small: squareAsPng(whole, OTHER_SIZE) };
  });
  const isTruth = seen.every(({ label }) => label !== undefined);
  const right = seen.filter(({ label, first }) => label === undefined || label === first);
  if (right.length < SHOWN) {
    throw new Error(
      `a course needs ${SHOWN} pictures that ${model.name} gets right; of ${seen.length} it gets ${right.length} right`,
    );
  }
  const shown = mixed(right.map(({ name, raster, first }) => ({ name, raster, label: first }))).slice(
    0,
    SHOWN,
  );
  const rest = seen.filter(({ name }) => !shown.some((one) => one.name === name));
  const others = (rest.length < 2 ? seen : rest)
    .slice(0, OTHERS)
    .map(({ name, small }) => ({ name, raster: small, label: choicesOf(model, small)[1] }));
  const scene = (picture: Raster): Raster => asPng(resizeShorterSide(picture, SCENE_SIZE));
  const [first, second = first, third = second] = source.styles.map(scene);
  return {
    shown,
    others,
    isTruth,
    content: scene(source.content),
    styles: [first, second, third],
    note: source.note,
  };
}
