export { comparePictures, measureDifference } from './compare-pictures.ts';
export { decodePng } from './decode-png.ts';
export { encodePng } from './encode-png.ts';
export type { Raster } from './raster.ts';
export { thumbnail, thumbnailUri } from './thumbnail.ts';
