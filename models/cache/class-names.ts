import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { cachedModelPath, cachedModels } from './cache.ts';

/**
 * The names of a network's classes, in the order of its scores.
 *
 * @param name of an embedded or an imported network
 * @throws Error: one sentence that says which there are, where there is none of this name
 */
export function networkClassNames(cache: string, name: string): readonly string[] {
  const embedded = embeddedModels.find((one) => one === name);
  const path = embedded ? embeddedWeightsPath(embedded) : cachedModelPath(cache, name);
  if (!existsSync(path)) {
    const imported = cachedModels(cache).map((file) => basename(file, '.safetensors'));
    throw new Error(`there is no network ${name}; there are ${[...embeddedModels, ...imported].join(', ')}`);
  }
  return JSON.parse(readSafetensors(readFileSync(path)).metadata.classNames) as string[];
}
