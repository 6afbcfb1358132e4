import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { readCard } from '../training/card-files.ts';
import { cachedModels } from './cache.ts';
import { manifest } from './manifest.ts';

/** A network that is here, or can be downloaded. */
export interface ListedModel {
  readonly name: string;
  readonly source: 'embedded' | 'imported' | 'to download';
  /** Architecture and version. */
  readonly network: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly classes?: number;
  /** Height and width of a picture in pixels. */
  readonly inputSize?: number;
  /** Of an embedded network on fresh pictures, as its card says; shares in [0, 1]. */
  readonly test?: { readonly pictures: number; readonly clean: number; readonly attacked: number };
  /** The weights, absolute; undefined where there are none yet. */
  readonly path?: string;
  /** The weights are not those that the model card is about. */
  readonly differsFromCard?: boolean;
}

function embedded(): ListedModel[] {
  return embeddedModels.map((name) => {
    const path = embeddedWeightsPath(name);
    const bytes = readFileSync(path);
    const { network, test, file } = readCard(path);
    const hash = sha256(bytes);
    return {
      name,
      source: 'embedded',
      network: `${network.architecture}, width ${network.width}`,
      bytes: bytes.length,
      sha256: hash,
      classes: network.classNames.length,
      inputSize: network.inputSize,
      test,
      path,
      differsFromCard: hash !== file.sha256,
    };
  });
}

function imported(cache: string): ListedModel[] {
  return cachedModels(cache).map((path) => {
    const bytes = readFileSync(path);
    const { architecture, version, classNames, inputSize } = readSafetensors(bytes).metadata;
    return {
      name: basename(path, '.safetensors'),
      source: 'imported',
      network: `${architecture === 'squeezenet' ? 'SqueezeNet' : architecture} ${version}`,
      bytes: bytes.length,
      sha256: sha256(bytes),
      classes: (JSON.parse(classNames) as string[]).length,
      inputSize: Number(inputSize),
      path,
    };
  });
}

/** What networks there are: those that come with the course, those in the cache, those to download. */
export function listModels(cache: string): ListedModel[] {
  const cached = imported(cache);
  const missing = manifest
    .filter(({ name }) => !cached.some((one) => one.name === name))
    .map(({ name, title, bytes, sha256 }) => ({
      name,
      source: 'to download' as const,
      network: title,
      bytes,
      sha256,
    }));
  return [...embedded(), ...cached, ...missing];
}
