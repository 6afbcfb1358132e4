import type { Raster } from '../picture/raster.ts';
import { geometricMosaic } from './geometric-mosaic.ts';
import { wavyBands } from './wavy-bands.ts';
import { whirlingStrokes } from './whirling-strokes.ts';

/** A picture with a strong texture, as style for style transfer. */
export interface StylePicture {
  /** For titles. */
  readonly name: string;
  /** Paints it `size` pixels wide and high. */
  readonly paint: (size: number) => Raster;
}

/** The three style pictures. */
export const styles: readonly StylePicture[] = [
  { name: 'whirling strokes', paint: whirlingStrokes },
  { name: 'geometric mosaic', paint: geometricMosaic },
  { name: 'wavy bands', paint: wavyBands },
];
