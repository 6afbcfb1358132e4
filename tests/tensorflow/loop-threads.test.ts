import { describe, expect, it } from 'vitest';
import { LoopThreads, type LoopCall } from '../../grader/tensorflow/wasm/simd/loop-threads.ts';
import { compileLoops } from '../../grader/tensorflow/wasm/simd/loops.ts';
import { WebAssembly } from '../../grader/tensorflow/wasm/simd/web-assembly.ts';

const ROWS = 2500;
const ROUNDS = 40;
const DOUBLES_FROM = 2 ** 16;

describe('threads that run loops', () => {
  it.each([1, 2, 3])(
    'run every call once, however many there are (%i threads)',
    async (count) => {
      const memory = new WebAssembly.Memory({ initial: 4, maximum: 65536, shared: true });
      const rows = new Float32Array(memory.buffer, 0, ROWS).map((_, row) => row);
      new Float32Array(memory.buffer, 0, ROWS).set(rows);
      const calls = Array.from({ length: ROWS }, (_, row): LoopCall => ({
        loop: 'addRowSums',
        parameters: [row * Float32Array.BYTES_PER_ELEMENT, DOUBLES_FROM + row * 8, 1, 4],
      }));
      const threads = await LoopThreads.start(compileLoops(memory), count);
      for (let round = 0; round < ROUNDS; round++) threads.run(calls);
      threads.terminate();
      const sums = new Float64Array(memory.buffer, DOUBLES_FROM, ROWS);
      expect([...sums]).toEqual([...rows].map((value) => ROUNDS * value));
    },
    30_000,
  );
});
