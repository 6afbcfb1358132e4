import { softThreshold } from '../visualizers/soft-threshold.ts';

export type { Interval } from '../lib/interval.ts';
type Shrink = typeof import('../lib/shrink.ts');

const table = new URL('../handouts/soft-threshold.md', import.meta.url);

export async function visualize(): Promise<string[]> {
  const { shrink }: Shrink = await import('../lib/shrink.ts');
  return [table.pathname, softThreshold.name, shrink.name];
}
