import { Command } from 'commander';
import type { BenchOptions } from '../bench/bench.ts';
import { wholeNumber } from '../options/numbers.ts';
import { writableFile } from '../options/paths.ts';

const turns = wholeNumber({ min: 1, max: 1000 });

export const benchCommand = (): Command =>
  new Command('bench')
    .description('Time what the course spends its time on and compare the backends in a table.')
    .option(
      '--torch [python]',
      'also PyTorch on the same shapes, by the interpreter that has it (default: Debian’s, apt-get install python3-torch)',
    )
    .option('--only <text>', 'only the workloads whose name contains it, without start-up and grading')
    .option('--rounds <n>', 'how often each configuration has its turn', turns, 3)
    .option('--runs <n>', 'timed runs in a turn', turns, 7)
    .option('--out <file>', 'where the rows go as JSON', writableFile, 'bench.json')
    .action(async (options: BenchOptions) => {
      const { bench } = await import('../bench/bench.ts');
      await bench(options);
    });
