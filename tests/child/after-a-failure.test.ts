import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../grader/format/units.ts';
import { numberOf, runModules, type RunningModules } from './run-modules.ts';

/** Each function does one thing that an innocent call after it could suffer from. */
const module = `
import * as tf from '@tensorflow/tfjs';

let calls = 0;
/** 1 for the first call in a process. */
export const count = () => tf.scalar(++calls);
export const alive = () => tf.scalar(tf.memory().numTensors);
export const backend = () => tf.scalar(tf.getBackend() === 'wasm' ? 1 : 0);
export const innocent = () => tf.tidy(() => tf.grad((x) => x.square().sum())(tf.tensor1d([1.5])).sum());

const farOutside = () => tf.gatherND(tf.ones([3, 4]), tf.tensor2d([[1e9, 2]], [1, 2], 'int32'));
export const traps = () => farOutside();
export const trapsAndCatches = () => {
  try {
    farOutside();
  } catch {}
  return tf.scalar(1);
};
export const trapsAndRethrows = () => {
  try {
    return farOutside();
  } catch (error) {
    throw new Error('the scores cannot be read', { cause: error });
  }
};
export const aborts = () => {
  const { wasm } = tf.backend() as any;
  for (let size = 2 ** 26; size >= 16; size /= 4) {
    try {
      for (;;) wasm._malloc(size);
    } catch {}
  }
  // What the runtime keeps of each tensor has no room either.
  for (;;) wasm.tfjs.registerTensor(calls++ + 1000, 1, 1024);
};
export const tooLarge = () => tf.ones([50000, 1]).add(tf.ones([1, 50000]));
export const leaks = () => {
  tf.ones([50, 1024, 1024]);
  return tf.scalar(1);
};

export const openScopes = () => tf.scalar((tf.engine() as any).state.scopeStack.length);

/** What V8 says when the heap is full; a heap that is takes gigabytes. */
export const fillsHeap = () => {
  const node = (globalThis as any).process;
  const say = (text: string) => node.getBuiltinModule('node:fs').writeSync(2, text);
  say('mine\\n');
  say('\\n<--- Last few GCs --->\\n\\n[7:0x2583] 749 ms: Mark-Compact 45.2 (78.4) -> 45.2 (47.4) MB\\n');
  say('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\\n');
  node.abort();
};

export const failsForward = () =>
  tf.tidy(() => tf.grad((x) => x.square().exp().add(tf.ones([3])).sum())(tf.ones([2])));
export const failsBackward = () =>
  tf.tidy(() => tf.grad((x) => tf.topk(x.square().exp(), 1).values.sum())(tf.ones([2])));
export const failsTwiceDown = () =>
  tf.tidy(() => tf.grad((x) => tf.grad((y) => y.square().add(tf.ones([3])).sum())(x).sum())(tf.ones([2])));
export const leavesTidyOpen = () => {
  tf.engine().startScope();
  throw new Error('in between');
};
export const leavesTapeOpen = () => {
  (tf.engine() as any).startTape();
  throw new Error('in between');
};
export const profiles = async () => (await tf.profile(() => tf.ones([2]).add(tf.ones([3])))).kernels.length;
export const changesBackend = async () => {
  await tf.setBackend('cpu');
  throw new Error('on another backend');
};
export const resets = () => {
  tf.engine().reset();
  return 1;
};
export const overflows = (): tf.Tensor => tf.tidy(() => overflows().add(1));

export const rejectsUnawaited = () => {
  void (async () => {
    await null;
    throw new Error('nobody waits for this');
  })();
  return tf.scalar(1);
};
export const throwsInTimer = async () => {
  (globalThis as any).setTimeout(() => {
    throw new Error('in a timer');
  }, 1);
  await new Promise((resolve) => (globalThis as any).setTimeout(resolve, 50));
  return tf.scalar(1);
};
export const waitsForEver = () => new Promise(() => undefined);
`;

/** The place of the line that has this text. */
const at = (text: string): string =>
  `work.ts:${module.split('\n').findIndex((line) => line.includes(text)) + 1}`;

let modules: RunningModules;
beforeAll(async () => {
  // The whole of what WASM can address: the allocator meets its own limit first.
  modules = await runModules({ 'work.ts': module }, { limits: { dataBytes: 16 * 1024 * MiB } });
});
afterAll(() => modules.close());

const printed = (): number => modules.process.printed.bytes;

describe('a call that brings the runtime down', () => {
  it.each([
    ['traps', [`RuntimeError: memory access out of bounds (${at('tf.gatherND')})`]],
    ['trapsAndCatches', []],
    [
      'trapsAndRethrows',
      [
        `Error: the scores cannot be read (${at('the scores')})`,
        `caused by RuntimeError: memory access out of bounds (${at('tf.gatherND')})`,
      ],
    ],
    ['aborts', [expect.stringMatching(/^RuntimeError: Aborted\(.*\(work\.ts:\d+\)$/)]],
  ])('%s: is told so, prints nothing, and the next call is another process’s', async (name, details) => {
    const before = printed();
    expect(await modules.call(name)).toMatchObject({
      kind: 'failed',
      reason: 'threw',
      summary: expect.stringContaining(`${name} brought TensorFlow.js down: memory ran out`),
      details,
    });
    expect(numberOf(await modules.call('count'))).toBe(1);
    expect(numberOf(await modules.call('innocent'))).toBe(3);
    expect(printed()).toBe(before);
  });

  it('a tensor for which there is no room is an error like any other, and the process goes on', async () => {
    await modules.call('count');
    expect(await modules.call('tooLarge')).toMatchObject({
      reason: 'threw',
      details: [
        `RangeError: Out of memory: no room for a tensor of 10000 MB (${at('tf.ones([50000')})`,
        expect.stringContaining('broadcast'),
      ],
    });
    expect(numberOf(await modules.call('count'))).toBeGreaterThan(1);
    expect(numberOf(await modules.call('innocent'))).toBe(3);
  });

  it('tensors left behind do not fill the memory of later calls', async () => {
    await modules.call('count');
    expect(numberOf(await modules.call('leaks'))).toBe(1);
    expect(numberOf(await modules.call('count'))).toBe(1);
  });
});

describe('a call that fills the heap', () => {
  it('is told so, and the last words of V8 are not its prints', async () => {
    const before = printed();
    expect(await modules.call('fillsHeap')).toMatchObject({
      reason: 'memory',
      summary: 'fillsHeap used more memory than there is and was stopped',
    });
    expect(printed()).toBe(before + 'mine\n\n'.length);
    expect(numberOf(await modules.call('count'))).toBe(1);
  });
});

describe('a call that fails in the middle of something', () => {
  it.each([
    'failsForward',
    'failsBackward',
    'failsTwiceDown',
    'leavesTidyOpen',
    'leavesTapeOpen',
    'profiles',
    'changesBackend',
    'overflows',
  ])('%s: the next one finds the engine as it should be', async (name) => {
    await modules.call(name);
    expect(numberOf(await modules.call('innocent'))).toBe(3);
    expect(numberOf(await modules.call('backend'))).toBe(1);
    expect(numberOf(await modules.call('openScopes'))).toBe(0);
    expect(await modules.call('innocent', { observe: true })).toMatchObject({ observed: { leftover: 0 } });
  });

  it.each(['failsForward', 'failsBackward'])('%s: what the gradient saved is released', async (name) => {
    // The first gradient of a process makes constants that stay.
    await modules.call('innocent');
    const before = numberOf(await modules.call('alive')) as number;
    await modules.call(name);
    // The number itself is one tensor more.
    expect(numberOf(await modules.call('alive'))).toBe(before + 1);
  });

  it('the engine itself being reset is too much: another process is taken', async () => {
    await modules.call('count');
    await modules.call('resets');
    expect(numberOf(await modules.call('count'))).toBe(1);
  });
});

describe('an error that nothing waits for', () => {
  it('is shown beside the one that hides it', async () => {
    expect(await modules.call('profiles')).toMatchObject({
      details: [
        `TypeError: Cannot read properties of undefined (reading 'map') (${at('tf.profile')})`,
        `caused by Error: Operands could not be broadcast together with shapes 2 and 3. (${at('tf.profile')})`,
        expect.stringContaining('last dimension'),
      ],
    });
  });

  it.each([
    ['rejectsUnawaited', `Error: nobody waits for this (${at('nobody waits')})`],
    ['throwsInTimer', `Error: in a timer (${at('in a timer')})`],
  ])('%s: is the error of the call that caused it, not of the next', async (name, detail) => {
    const before = printed();
    expect(await modules.call(name)).toMatchObject({ reason: 'threw', details: [detail] });
    expect(numberOf(await modules.call('count'))).toBe(1);
    expect(printed()).toBe(before);
  });

  it('a promise that nothing is left to resolve is called that', async () => {
    expect(await modules.call('waitsForEver')).toMatchObject({
      reason: 'time-out',
      summary: 'waitsForEver waits for a promise that nothing is left to resolve',
    });
    expect(numberOf(await modules.call('count'))).toBe(1);
  });
});
