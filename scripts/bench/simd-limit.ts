/**
 * Times what the convolutions of the network workloads would take if a processor core did nothing but multiply and add
 * in registers, four floats at a time, as WebAssembly's 128-bit SIMD can: what no kernel gets below without another
 * algorithm. Arguments: runs, and optionally a text that a workload's name must contain. Prints JSON.
 */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { assemble, i32, v128, whileLoop } from '../../grader/tensorflow/wasm/simd/assembler.ts';
import type { FunctionSource } from '../../grader/tensorflow/wasm/simd/assembler.ts';
import { WebAssembly } from '../../grader/tensorflow/wasm/simd/web-assembly.ts';
import type { Sample } from './configuration.ts';
import { networkWorkloads } from './workloads.ts';

/** As many sums as leave registers for the factor and the summand; each waits for the one before it only. */
const SUMS = Array.from({ length: 12 }, (_, i) => `sum${i}`);
const LANES = 4;
const MULTIPLY_ADDS_A_ROUND = SUMS.length * LANES;

/** The bits of a float as an integer. */
const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];

const multiplyAdd: FunctionSource = {
  name: 'multiplyAdd',
  parameters: ['rounds'],
  i32Variables: [],
  v128Variables: ['factor', 'summand', ...SUMS],
  body: ({ get, set }) => [
    // The sums stay near 1, so that none becomes so small that it computes slowly.
    ...set('factor', v128.splatI32(i32.const(bitsOf(0.5)))),
    ...set('summand', v128.splatI32(i32.const(bitsOf(0.5)))),
    ...whileLoop(
      i32.lessThan(i32.const(0), get('rounds')),
      ...SUMS.map((sum) => set(sum, v128.add(get('summand'), v128.mul(get('factor'), get(sum))))),
      set('rounds', i32.sub(get('rounds'), i32.const(1))),
    ),
    // Kept, since what nobody reads is not computed.
    ...v128.store(
      i32.const(0),
      SUMS.map(get).reduce((all, one) => v128.add(all, one)),
    ),
  ],
};

function loop(): (rounds: number) => void {
  const module = new WebAssembly.Module(assemble([multiplyAdd], { shared: false }));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return (exports as { multiplyAdd(rounds: number): void }).multiplyAdd;
}

/** How often the convolutions of a workload multiply and add, forward and backward. */
async function multiplyAddsOf(run: () => Promise<void>): Promise<number> {
  const { kernels } = await tf.profile(async () => {
    await run();
    return [];
  });
  return kernels.reduce((sum, { name, inputShapes, outputShapes }) => {
    if (name !== 'Conv2D' && name !== 'Conv2DBackpropInput') return sum;
    const [given, filter] = inputShapes;
    const ofForwardPass = name === 'Conv2D' ? outputShapes[0] : given;
    const [sizeOfOne, each] = [ofForwardPass, filter].map((shape) => tf.util.sizeFromShape([...shape!]));
    return sum + (sizeOfOne * each) / filter!.at(-1)!;
  }, 0);
}

const [runs, wanted = ''] = process.argv.slice(2);
await prepareBackend({ backend: 'wasm', threads: 1 });
const multiplyAndAdd = loop();
const samples: Sample[] = [];
for (const { name, prepare } of [224, 64].flatMap(networkWorkloads)) {
  if (!name.includes(wanted)) continue;
  const rounds = Math.ceil((await multiplyAddsOf(prepare())) / MULTIPLY_ADDS_A_ROUND);
  const times = Array.from({ length: Number(runs) + 1 }, () => {
    const start = performance.now();
    multiplyAndAdd(rounds);
    return performance.now() - start;
  });
  // The first one is run before it is optimised.
  samples.push({ name, times: times.slice(1) });
}
process.stdout.write(JSON.stringify({ samples }));
