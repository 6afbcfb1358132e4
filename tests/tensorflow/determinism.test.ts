import { execaNode } from 'execa';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { gradientDigest } from './small-network.ts';

/** Runs the digest program in a process of its own. */
async function digestInProcess(threads: number): Promise<string> {
  const program = fileURLToPath(new URL('./programs/print-gradient-digest.ts', import.meta.url));
  const { stdout } = await execaNode(program, [String(threads)], {
    nodeOptions: ['--import', 'tsx'],
    timeout: 60_000,
  });
  return stdout;
}

describe('the WASM backend', () => {
  it('gives the same bytes for any number of threads', async () => {
    const digests: string[] = [];
    for (const threads of [1, 2, 3, 4]) {
      expect((await prepareBackend({ backend: 'wasm', threads })).threads).toBe(threads);
      digests.push(gradientDigest());
    }
    expect(digests).toEqual(Array(4).fill(digests[0]));
  });

  it('gives the same bytes in every process, which ends by itself, threads and all', async () => {
    await prepareBackend({ backend: 'wasm', threads: 1 });
    const here = gradientDigest();
    expect(here).toMatch(/^[0-9a-f]{64}$/);
    expect([await digestInProcess(1), await digestInProcess(2)]).toEqual([here, here]);
  }, 150_000);
});
