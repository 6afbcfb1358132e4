import { relative } from 'node:path';
import { listModels, type ListedModel } from '../../models/cache/list-models.ts';
import { renderTable } from '../terminal/table.ts';

const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${(100 * share).toFixed(1)}%`;

function properties(models: readonly ListedModel[]): string {
  return renderTable(
    [
      { name: 'name' },
      { name: 'source' },
      { name: 'network' },
      { name: 'classes', align: 'right' },
      { name: 'pixels', align: 'right' },
      { name: 'kB', align: 'right' },
      { name: 'right', align: 'right' },
      { name: 'under attack', align: 'right' },
    ],
    models.map(({ name, source, network, classes, inputSize, bytes, test }) => [
      name,
      source,
      network,
      classes ?? '',
      inputSize ?? '',
      (bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 }),
      percent(test?.clean),
      percent(test?.attacked),
    ]),
  );
}

function places(models: readonly ListedModel[]): string {
  return renderTable(
    [{ name: 'name' }, { name: 'file' }, { name: 'SHA-256' }],
    models.map(({ name, path, sha256 }) => [
      name,
      path === undefined ? `npm run model -- fetch ${name}` : relative(process.cwd(), path),
      sha256,
    ]),
  );
}

/** Prints what networks there are, and where their weights lie. */
export function showNetworks(cache: string): void {
  const models = listModels(cache);
  console.log(`${properties(models)}\n\n${places(models)}`);
  for (const { name, differsFromCard } of models) {
    if (differsFromCard) console.log(`${name} differs from its model card; run: npm run train -- ${name}`);
  }
}
