import { InvalidArgumentError } from 'commander';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { cachedModels, modelCache } from '../../models/cache/cache.ts';
import { existingFile } from './paths.ts';

/** The file of a network: a path, or the name under which it was imported. */
export function modelFile(text: string): string {
  if (existsSync(text)) return existingFile(text);
  const imported = cachedModels(modelCache()).find((path) => basename(path, '.safetensors') === text);
  if (imported !== undefined) return imported;
  throw new InvalidArgumentError(
    'There is no such file, and no imported network of this name; npm run model -- list shows them.',
  );
}
