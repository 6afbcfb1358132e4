import { rmSync } from 'node:fs';
import { pictureCache } from './cache.ts';
import { existingSetFolder } from './read-picture-set.ts';

/** Deletes imported pictures. @throws UsageError where there are none of this name */
export function removePictureSet(name: string, cache: string = pictureCache()): void {
  rmSync(existingSetFolder(name, cache), { recursive: true });
}
