import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../repository.ts';

/** Where imported models and downloads are kept: `MODEL_CACHE`, else `.cache/models` of the project. */
export function modelCache(): string {
  return process.env.MODEL_CACHE || join(ROOT, '.cache', 'models');
}

/** Where a model of this name is or would be. @throws Error when the name cannot be that of a file. */
export function cachedModelPath(cache: string, name: string): string {
  if (!/^[a-z0-9][\w.-]*$/i.test(name)) {
    throw new Error(
      `${JSON.stringify(name)} cannot name a model: letters, digits, dots, hyphens and underscores`,
    );
  }
  return join(cache, `${name}.safetensors`);
}

/** Deletes an imported model. @throws Error: one sentence, where there is none of this name */
export function removeModel(cache: string, name: string): void {
  const path = cachedModelPath(cache, name);
  if (!existsSync(path)) {
    const names = cachedModels(cache).map((file) => basename(file, '.safetensors'));
    const known = names.length > 0 ? `; there are ${names.join(', ')}` : '';
    throw new Error(`there is no imported network ${name}${known}`);
  }
  rmSync(path);
}

/** The model files in the cache. */
export function cachedModels(cache: string): string[] {
  try {
    const names = readdirSync(cache).filter((name) => name.endsWith('.safetensors'));
    return names.sort().map((name) => join(cache, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
