import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { judgeAll } from '../../../authoring/judging/judge-all.ts';

it('keeps the verdict on each', async () => {
  const kept: string[] = [];
  await judgeAll(
    [1, 2, 3],
    async (n) => 10 * n,
    (n, verdict) => kept.push(`${n}: ${verdict}`),
  );
  expect(kept.sort()).toEqual(['1: 10', '2: 20', '3: 30']);
});

it('begins and keeps nothing after an error, and throws it once what was begun has ended', async () => {
  const kept: string[] = [];
  const ended: string[] = [];
  const judging = judgeAll(
    ['bad', 'slow', 'third', 'fourth'],
    async (name) => {
      if (name === 'bad') throw new Error('no verdict');
      await sleep(20);
      ended.push(name);
    },
    (name) => kept.push(name),
  );
  await expect(judging).rejects.toThrow('no verdict');
  expect(ended).toEqual(['slow']);
  await sleep(40);
  expect(ended).toEqual(['slow']);
  expect(kept).toEqual([]);
});
