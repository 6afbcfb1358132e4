import { Argument, Command } from 'commander';
import { resolve } from 'node:path';
import { writableFile } from '../options/paths.ts';
import {
  optionalBackendNames,
  type OptionalBackendName,
} from '../../grader/tensorflow/optional/backends-directory.ts';

interface Options {
  readonly part: string[];
  readonly speed: boolean;
  readonly out?: string;
}

export const proveCommand = (): Command =>
  new Command('prove')
    .description(
      'Try an optional backend against WASM: its kernels, the verdicts on the corpus, and how long it takes; write ' +
        'what was found to a file that can be sent.',
    )
    .addArgument(new Argument('<backend>', 'which one').choices(optionalBackendNames))
    .option('--part <name...>', 'judge the solutions of these parts, by id', [
      'content-loss',
      'tv-loss',
      'style-loss',
      'saliency-map',
    ])
    .option('--no-speed', 'do not time the network, which takes minutes on a driver in software')
    .option('--out <file>', 'where the findings go (default: prove-BACKEND.json)', writableFile)
    .action(async (backend: OptionalBackendName, { part: parts, speed, out }: Options) => {
      const { proveBackend } = await import('../prove/prove.ts');
      await proveBackend(backend, { parts, speed, out: resolve(out ?? `prove-${backend}.json`) });
    });
