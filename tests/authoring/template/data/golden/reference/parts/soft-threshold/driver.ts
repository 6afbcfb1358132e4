import { softThreshold } from './soft-threshold.ts';

export type { Interval } from '../../lib/interval.ts';
type Shrink = typeof import('./shrink.ts');

const table = new URL('./handout.md', import.meta.url);

export async function visualize(): Promise<string[]> {
  const { shrink }: Shrink = await import('./shrink.ts');
  return [table.pathname, softThreshold.name, shrink.name];
}
