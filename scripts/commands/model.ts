import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { download } from '../../models/download/download.ts';
import { importOnnx } from '../../models/onnx/import-onnx.ts';
import { parseLabels } from '../../models/cache/labels.ts';
import { listModels } from '../../models/cache/list-models.ts';
import { manifest } from '../../models/cache/manifest.ts';
import { withProgressBar } from '../../models/download/progress-bar.ts';

interface Labelled {
  readonly labels?: string;
}

const cache = modelCache();
const labelsOption = ['--labels <file>', 'names of the classes: a line each, or JSON'] as const;

const program = new Command('model')
  .description(`Networks to explain. Imported ones are kept in ${cache}; MODEL_CACHE names another folder.`)
  .exitOverride();

program
  .command('list')
  .description('show the networks that there are')
  .action(() => console.log(listModels(cache)));

program
  .command('import')
  .description('import a SqueezeNet 1.0 or 1.1 from an ONNX file')
  .argument('<file>', 'the ONNX file')
  .requiredOption('--name <name>', 'what to call it')
  .option(...labelsOption)
  .action((file: string, options: Labelled & { name: string }) => keep(file, options.name, options.labels));

program
  .command('fetch')
  .description(`download and import a network: ${manifest.map(({ name }) => name).join(', ')}`)
  .argument('<name>', 'which one')
  .option('--url <url>', 'where to get the same file instead')
  .option(...labelsOption)
  .action(async (name: string, options: Labelled & { url?: string }) => {
    const entry = manifest.find((candidate) => candidate.name === name);
    if (entry === undefined) {
      throw new Error(`there is no ${name} to fetch, but ${manifest.map((known) => known.name).join(', ')}`);
    }
    const file = basename(new URL(entry.url).pathname);
    const mirror = process.env.MODEL_MIRROR;
    const url = options.url ?? (mirror ? `${mirror.replace(/\/$/, '')}/${file}` : entry.url);
    const path = join(cache, 'downloads', file);
    console.error(`${entry.title} (${entry.licence}) from ${url}`);
    await withProgressBar({ stream: process.stderr, total: entry.bytes }, (onProgress) =>
      download({ ...entry, url, path, onProgress }),
    );
    await keep(path, name, options.labels);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** Imports an ONNX file into the cache. */
async function keep(file: string, name: string, labels: string | undefined): Promise<void> {
  const path = cachedModelPath(cache, name);
  const classNames = labels === undefined ? undefined : parseLabels(readFileSync(labels, 'utf8'));
  await prepareBackend({ backend: 'auto' });
  let imported;
  try {
    imported = importOnnx(readFileSync(file), { name, classNames });
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  writeAtomically(path, imported.bytes);
  console.log(`${name}: ${imported.summary}\n${path}`);
}
