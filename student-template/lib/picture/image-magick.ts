import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  AlphaAction,
  ColorSpace,
  FilterType,
  Interlace,
  MagickColors,
  MagickFormat,
  MagickGeometry,
  MagickImage,
  MagickImageInfo,
  MagickReadSettings,
  initializeImageMagick,
} from '@imagemagick/magick-wasm';
import type { IMagickImage, IMagickImageInfo } from '@imagemagick/magick-wasm';
import type { PictureFormat } from './file-kinds.ts';

/** Red, green and blue of each pixel as bytes, row by row. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pictures of more pixels come scaled down to as many: more than any network here takes, and 50 MB as floats. */
const MAX_PIXELS = 4_000_000;

/**
 * Megapixels that are read in less than 600 MB, as measured. A JPEG is scaled down while it is decoded. A progressive
 * one has to be held as a whole first, two bytes for each value, and so have the others.
 */
const maxMegapixels: Readonly<Record<PictureFormat | 'progressive', number>> = {
  JPEG: 200,
  progressive: 52,
  PNG: 30,
  GIF: 30,
  WEBP: 30,
  HEIC: 30,
  AVIF: 20,
};

// WebAssembly, compiled when this module is first imported: half a second that only those wait who read pictures.
await initializeImageMagick(
  readFileSync(createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm')),
);

/** @throws Error with the size and what to do about it */
function assertReadable({ width, height, interlace }: IMagickImageInfo, format: PictureFormat): void {
  const isProgressive = format === 'JPEG' && interlace === Interlace.Jpeg;
  const most = maxMegapixels[isProgressive ? 'progressive' : format];
  const megapixels = (width * height) / 1e6;
  if (megapixels <= most) return;
  const size = `${width}x${height} pixels, ${Math.round(megapixels)} megapixels`;
  const kind = isProgressive ? 'progressive JPEG' : format;
  throw new Error(
    `it has ${size}; of a picture in ${kind} at most ${most} are read, so make it smaller first, for example 4000 pixels wide`,
  );
}

/** Scales down to {@link MAX_PIXELS}, each new pixel the mean of those it covers. */
function shrink(image: IMagickImage): void {
  const scale = Math.sqrt(MAX_PIXELS / (image.width * image.height));
  if (scale >= 1) return;
  const size = new MagickGeometry(
    Math.max(1, Math.floor(image.width * scale)),
    Math.max(1, Math.floor(image.height * scale)),
  );
  size.ignoreAspectRatio = true;
  image.filterType = FilterType.Box;
  image.resize(size);
}

/** What decoding gives; its error ends with a place in the source of ImageMagick, which is left out. */
function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/ `| @ |\n/);
    throw new Error(`the file is damaged or cut off (${reason})`, { cause });
  }
}

/**
 * Decodes a picture: turned as the camera was held (EXIF), in sRGB, the first frame of an animation, transparent
 * pixels over white, and of at most 4 megapixels.
 *
 * @throws Error where the file is damaged, cut off, or has too many pixels to be read in little memory
 */
export function readPixels(bytes: Uint8Array, format: PictureFormat): RgbPixels {
  const settings = new MagickReadSettings({ format, frameIndex: 0, frameCount: 1 });
  const info = decoded(() => MagickImageInfo.create(bytes, settings));
  assertReadable(info, format);
  const scale = Math.sqrt(MAX_PIXELS / (info.width * info.height));
  // A hint to the decoder of JPEG, which leaves out what a smaller picture does not need.
  const hint = `${Math.ceil(info.width * scale)}x${Math.ceil(info.height * scale)}`;
  if (scale < 1) settings.setDefine(MagickFormat.Jpeg, 'size', hint);

  const image = MagickImage.create();
  let warning = '';
  image.onWarning = ({ error }) => {
    warning += error.message;
    return 0;
  };
  try {
    decoded(() => {
      image.read(bytes, settings);
      // The decoder of JPEG fills what is missing with grey.
      if (/premature end/i.test(warning)) throw new Error(warning);
    });
    if (image.hasAlpha) {
      image.backgroundColor = MagickColors.White;
      image.alpha(AlphaAction.Remove);
    }
    shrink(image);
    image.autoOrient();
    image.colorSpace = ColorSpace.sRGB;
    const { width, height } = image;
    const data = image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, 'RGB'));
    return { width, height, data: data! };
  } finally {
    image.dispose();
  }
}
