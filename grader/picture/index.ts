export {
  comparePictures,
  measureDifference,
  type PictureDifference,
  type PictureMismatch,
  type PicturePair,
} from './compare-pictures.ts';
export { decodePng, DEFAULT_PICTURE_CAPS, type PictureCaps } from './decode-png.ts';
export { encodePng } from './encode-png.ts';
export { openUntrusted, type OpenUntrustedOptions } from './open-untrusted.ts';
export type { Raster } from './raster.ts';
export { thumbnail, thumbnailUri } from './thumbnail.ts';
