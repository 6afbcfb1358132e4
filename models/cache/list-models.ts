import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { ROOT } from '../../repository.ts';
import { readCard } from '../training/card-files.ts';
import { percent } from '../training/model-card.ts';
import { cachedModels } from './cache.ts';
import { manifest } from './manifest.ts';

const kilobytes = (bytes: number): string =>
  `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 })} kB`;

/** What networks there are, for a person: those that come with the course, those in the cache, those to fetch. */
export function listModels(cache: string): string {
  const blocks = embeddedModels.map((model) => {
    const path = embeddedWeightsPath(model);
    const bytes = readFileSync(path);
    const { network, test, file } = readCard(path);
    const hash = sha256(bytes);
    const note = hash === file.sha256 ? '' : '  differs from its model card; run: npm run train';
    return [
      `${model}  (embedded)`,
      `  ${network.architecture}, width ${network.width}, ${network.classNames.length} classes, ${network.inputSize} px, ${kilobytes(bytes.length)}`,
      `  right on ${test.pictures.toLocaleString('en')} fresh pictures: ${percent(test.clean)}, under attack ${percent(test.attacked)}`,
      `  ${relative(ROOT, path)}`,
      `  SHA-256 ${hash}${note}`,
    ];
  });
  const cached = cachedModels(cache).map((path) => {
    const bytes = readFileSync(path);
    const { architecture, version, classNames, inputSize } = readSafetensors(bytes).metadata;
    return [
      `${basename(path, '.safetensors')}  (imported)`,
      `  ${architecture === 'squeezenet' ? 'SqueezeNet' : architecture} ${version}, ` +
        `${(JSON.parse(classNames) as string[]).length} classes, ${inputSize} px, ${kilobytes(bytes.length)}`,
      `  ${path}`,
      `  SHA-256 ${sha256(bytes)}`,
    ];
  });
  const present = new Set(cachedModels(cache).map((path) => basename(path, '.safetensors')));
  const missing = manifest
    .filter(({ name }) => !present.has(name))
    .map(({ name, title, bytes, licence }) => [
      `${name}  (to download)`,
      `  ${title}, ${kilobytes(bytes)}, ${licence}`,
      `  npm run model -- fetch ${name}`,
    ]);
  return [...blocks, ...cached, ...missing].map((lines) => lines.join('\n')).join('\n\n');
}
