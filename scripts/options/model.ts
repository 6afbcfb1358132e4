import { InvalidArgumentError } from 'commander';
import { existsSync } from 'node:fs';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { existingFile } from './paths.ts';

/** The file of a network: a path, or the name under which it was imported. */
export function modelFile(text: string): string {
  if (existsSync(text)) return existingFile(text);
  const cached = /^[a-z0-9][\w.-]*$/i.test(text) ? cachedModelPath(modelCache(), text) : undefined;
  if (cached !== undefined && existsSync(cached)) return cached;
  throw new InvalidArgumentError(
    'There is no such file, and no imported network of this name; npm run model -- list shows them.',
  );
}
