import { InvalidArgumentError } from 'commander';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { manifest, type Downloadable } from '../../models/cache/manifest.ts';

/** A name that an imported network can be kept under. */
export function modelName(name: string): string {
  try {
    cachedModelPath(modelCache(), name);
    return name;
  } catch {
    throw new InvalidArgumentError(
      'It must be letters, digits, dots, hyphens and underscores, the first a letter or a digit.',
    );
  }
}

/** A network that can be downloaded, by its name. */
export function downloadable(name: string): Downloadable {
  const found = manifest.find((one) => one.name === name);
  if (found) return found;
  throw new InvalidArgumentError(`It must be one of ${manifest.map((known) => known.name).join(', ')}.`);
}
