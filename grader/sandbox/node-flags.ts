import { sep } from 'node:path';
import type { LaunchOptions } from './sandbox.ts';

/** Makes a process of Node.js take 4 to 8 threads instead of 7 to 11. */
export const FEW_THREADS: readonly string[] = ['--v8-pool-size=1'];

const [major, minor] = process.versions.node.split('.').map(Number);

/**
 * For a process that lives for seconds: V8 inlines little where it optimizes a function, which costs more there than it
 * brings. Loops in plain JavaScript over small functions take up to 1.6 times as long. Node.js refuses options that it does
 * not know, so releases that nobody has tried do without.
 */
export const LITTLE_INLINING: readonly string[] =
  major <= 24 ? ['--max-inlined-bytecode-size-cumulative=100'] : [];

/** Node.js's own restrictions for a child: a seat belt, by its documentation, not a boundary. */
export function nodeFlags(options: Pick<LaunchOptions, 'readable' | 'workers' | 'addon'>): string[] {
  const stable = major > 22 || (major === 22 && minor >= 13);
  return [
    '--no-warnings',
    stable ? '--permission' : '--experimental-permission',
    ...options.readable.map((directory) => `--allow-fs-read=${directory}${sep}*`),
    ...(options.workers ? ['--allow-worker'] : []),
    options.addon ? '--allow-addons' : '--no-addons',
    // What loads libtensorflow makes functions of strings.
    ...(options.addon && options.addon.kind !== 'graphics'
      ? []
      : ['--disallow-code-generation-from-strings']),
  ];
}
