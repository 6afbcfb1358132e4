import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Child } from '../../grader/child/child.ts';
import type { Request } from '../../grader/format/messages.ts';
import { encodeFrame } from '../../grader/protocol/frame.ts';
import { DEFAULT_LIMITS, type Sandbox, type SandboxedProcess } from '../../grader/sandbox/sandbox.ts';

/** Longer than the first moment of an answer, in which nobody looks for how long it waits. */
const LATE_MS = 400;

const frame = (id: number): Uint8Array =>
  encodeFrame({ message: { type: 'idle', id }, tensors: new Uint8Array() });

/** A process in the place of one that the host gives no processor: each look finds it 3 seconds further behind. */
function behind(): { sandbox: Sandbox; answers: PassThrough } {
  const answers = new PassThrough();
  let waited = 0;
  const process: SandboxedProcess = {
    stdin: new PassThrough().resume(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    answers,
    ended: new Promise(() => undefined),
    processorWaits: () => new Map([['1/1', (waited += 3)]]),
    peakBytes: () => 0,
    destroy: () => Promise.resolve({ how: 'killed' }),
  };
  const sandbox = { launch: () => process } as Partial<Sandbox> as Sandbox;
  return { sandbox, answers };
}

it('a request whose answer was there before it was asked has not waited for a processor', async () => {
  const { sandbox, answers } = behind();
  const child = new Child({ sandbox, directory: '', backend: 'wasm', threads: 1, limits: DEFAULT_LIMITS });
  const end = (id: number): Request => ({ type: 'end', id });
  const first = child.request(end, {}, 20);
  await sleep(LATE_MS);
  answers.write(Buffer.concat([frame(1), frame(2)]));
  expect(await first).toMatchObject({ kind: 'reply' });
  expect(child.starved).toBeGreaterThan(0);
  expect(await child.request(end, {}, 20)).toMatchObject({ kind: 'reply' });
  expect(child.starved).toBe(0);
  await child.destroy();
});
