/**
 * Times the workloads in a process of their own, which keeps the kernels of the configurations apart. Arguments:
 * backend, threads, runs, and optionally a text that a workload's name must contain. Prints JSON.
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import type { BenchBackend, Sample } from './configuration.ts';
import { workloads } from './workloads.ts';

const [backend, threads, runs, wanted = ''] = process.argv.slice(2);

const WARM_UP = 8;

/** The plain backend is some hundred times slower than the others: it only runs what it is compared in. */
function worthRunning(beyondStock: boolean): boolean {
  if (backend === 'stock') return !beyondStock;
  return backend !== 'cpu' || beyondStock;
}

let device: string | undefined;
let versions: Record<string, string> = {};
if (backend === 'stock') await tf.setBackend('wasm');
else {
  const report = await prepareBackend({
    backend: backend as Exclude<BenchBackend, 'stock'>,
    threads: Number(threads),
  });
  ({ device, versions } = report);
}

const samples: Sample[] = [];
for (const workload of workloads) {
  if (!workload.name.includes(wanted) || !worthRunning(workload.beyondStock ?? false)) continue;
  tf.engine().startScope();
  const run = workload.prepare();
  const count = backend === 'cpu' ? 1 : Number(runs);
  // Until the code is optimised and the flipped filters are at hand.
  const warmUp = backend === 'cpu' ? 0 : WARM_UP;
  for (let index = 0; index < warmUp; index++) await run();
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  samples.push({ name: workload.name, times });
  tf.engine().endScope();
}
const peakMiB = process.resourceUsage().maxRSS / 1024;
// Graphics drivers keep the event loop alive.
process.stdout.write(JSON.stringify({ samples, peakMiB, device, versions }), () => process.exit(0));
