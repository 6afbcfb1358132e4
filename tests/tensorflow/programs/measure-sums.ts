/**
 * Prints, for sums and products of this course's sizes, the error relative to float64 of tfjs-wasm's kernel and of
 * the one that takes its place, and the ratio of their times: processor time, so that neighbours count for little.
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { heavyTail, largestError, productInDoubles } from '../heavy-tail.ts';

type Call = () => tf.TensorInfo;

const stock = new Map(
  [tf.Sum, tf.Mean, tf.BatchMatMul].map((name) => [name, tf.getKernel(name, 'wasm').kernelFunc]),
);
const { prepareBackend } = await import('../../../grader/tensorflow/index.ts');
await prepareBackend({ backend: 'wasm' });
const backend = tf.backend();

function kernels(name: string, inputs: tf.NamedTensorMap, attrs: object): { before: Call; after: Call } {
  const call = { inputs, attrs: attrs as tf.NamedAttrMap, backend };
  return {
    before: () => stock.get(name)!(call) as tf.TensorInfo,
    after: () => tf.getKernel(name, 'wasm').kernelFunc(call) as tf.TensorInfo,
  };
}

function valuesOf(compute: Call): Float32Array {
  const { dataId } = compute();
  const values = (backend.readSync(dataId) as Float32Array).slice();
  backend.disposeData(dataId);
  return values;
}

/** Processor time of one call in milliseconds, at the least a tenth of a second's worth of calls. */
function cost(compute: Call): number {
  const start = process.cpuUsage();
  let calls = 0;
  let spent = 0;
  while (spent < 100_000 || calls < 3) {
    backend.disposeData(compute().dataId);
    calls += 1;
    spent = process.cpuUsage(start).user;
  }
  return spent / 1000 / calls;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

function report(
  label: string,
  { before, after }: { before: Call; after: Call },
  expected: ArrayLike<number>,
): void {
  const errors = [before, after].map((compute) => largestError(valuesOf(compute), expected).toExponential(1));
  const ratios = Array.from({ length: 5 }, () => cost(after) / cost(before));
  process.stdout.write(`| ${label} | ${errors.join(' | ')} | ${median(ratios).toFixed(2)} |\n`);
}

process.stdout.write('| what | error before | error now | time now / before |\n| --- | --- | --- | --- |\n');

for (const [label, rows, columns, axis] of [
  ['sum of 1,000,000', 1, 1e6, 1],
  ['sum over the channels of 192x192x3', 192 * 192, 3, 1],
  ['sum over the places of 192x192x3', 192 * 192, 3, 0],
  ['sum over the places of 95x95x64', 95 * 95, 64, 0],
] as const) {
  const values = heavyTail(label, rows * columns);
  const expected = new Float64Array(axis === 0 ? columns : rows);
  values.forEach(
    (value, index) => (expected[axis === 0 ? index % columns : Math.floor(index / columns)] += value),
  );
  const x = tf.tensor2d(values, [rows, columns]);
  report(label, kernels(tf.Sum, { x }, { axis: [axis], keepDims: false }), expected);
  x.dispose();
}

/** Before, a factor was transposed first where it had to be. */
function product(label: string, inner: number, rows: number, columns: number, lying: boolean): void {
  const [left, right] = [heavyTail('left', inner * rows), heavyTail('right', inner * columns)];
  const [tall, b] = [tf.tensor3d(left, [1, inner, rows]), tf.tensor3d(right, [1, inner, columns])];
  const a = tf.transpose(tall, [0, 2, 1]);
  const plain = kernels(tf.BatchMatMul, { a, b }, { transposeA: false, transposeB: false });
  const transposed = kernels(tf.BatchMatMul, { a: tall, b }, { transposeA: true, transposeB: false });
  const transposeFirst: Call = () => {
    const wide = tf.transpose(tall, [0, 2, 1]);
    const result = stock.get(tf.BatchMatMul)!({
      inputs: { a: wide, b },
      attrs: { transposeA: false, transposeB: false },
      backend,
    });
    wide.dispose();
    return result as tf.TensorInfo;
  };
  const calls = lying ? plain : { before: transposeFirst, after: transposed.after };
  report(label, calls, productInDoubles(left, right, { rows, columns }));
  tf.dispose([tall, a, b]);
}

product('Gram matrix of 95x95x64', 95 * 95, 64, 64, false);
product('Gram matrix of 192x192x64', 192 * 192, 64, 64, false);
product('Gram matrix of 192x192x3', 192 * 192, 3, 3, false);
product('Gram matrix of 47x47x256', 47 * 47, 256, 256, false);
product('512x600 by 600x512', 600, 512, 512, true);
product('1x4096 by 4096x1000', 4096, 1, 1000, true);
