import { basename, join } from 'node:path';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { modelCache } from '../../models/cache/cache.ts';
import type { Downloadable } from '../../models/cache/manifest.ts';
import { download } from '../../models/download/download.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { startProgress } from '../terminal/progress.ts';
import { importNetwork } from './import.ts';

/**
 * Downloads a network's ONNX file and imports it.
 * @throws FindingError saying what to do when the file cannot be had or is another one
 */
export async function fetchNetwork(
  network: Downloadable,
  options: { url?: string; labels?: string },
): Promise<void> {
  const file = basename(new URL(network.url).pathname);
  const mirror = process.env.MODEL_MIRROR;
  const url = options.url ?? (mirror ? `${mirror.replace(/\/$/, '')}/${file}` : network.url);
  const path = join(modelCache(), 'downloads', file);
  console.error(`${network.title} (${network.licence}) from ${url}`);
  const kilobytes = (bytes: number): number => Math.round(bytes / 1000);
  const progress = startProgress({ title: `${file}, kB`, total: kilobytes(network.bytes) });
  try {
    const onProgress = (received: number): void => progress.at(kilobytes(received));
    await plainErrorsAs(FindingError, () => download({ ...network, url, path, onProgress }));
  } finally {
    progress.end();
  }
  await importNetwork(path, { ...options, name: network.name });
}
