import * as tf from '@tensorflow/tfjs';
import { execaNode } from 'execa';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedBackends, prepareBackend } from '../../grader/tensorflow/index.ts';
import { SOFTWARE_DRIVER } from './software-driver.ts';

/** More than what the package computes on the processor when it is not on the device yet. */
const LARGE = 4096;

interface Device {
  createBuffer(options: { size: number; usage: number }): unknown;
}

const webgpu = (): { device: Device; broken: boolean } =>
  tf.backend() as unknown as { device: Device; broken: boolean };

/** Has the device refuse something, as a faulty shader would. */
function breakSomething(): void {
  webgpu().device.createBuffer({ size: 16, usage: 0xffff });
}

describe.skipIf(!installedBackends().includes('webgpu'))('WebGPU', () => {
  beforeAll(async () => {
    if (existsSync(SOFTWARE_DRIVER)) process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
    await prepareBackend({ backend: 'webgpu' });
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('is passed over by auto where its driver is in software', async () => {
    const { name, device, rejected } = await prepareBackend({ backend: 'auto' });
    const why = rejected.find((one) => one.name === 'webgpu')?.why;
    if (name === 'webgpu') expect(device).not.toContain('swiftshader');
    else expect(why).toContain('there is no graphics device but a driver in software');
    await prepareBackend({ backend: 'webgpu' });
  });

  it('takes the adapter that was asked for, or says which there are', async () => {
    const { device, versions } = await prepareBackend({ backend: 'webgpu' });
    expect(versions['webgpu']).toMatch(/^\d+\.\d+\.\d+$/);
    await expect(prepareBackend({ backend: 'webgpu', device: 'No Such Card' })).rejects.toThrow(
      /no graphics device has “No Such Card” in its name; there are \S/,
    );
    if (device?.includes('swiftshader'))
      expect((await prepareBackend({ backend: 'webgpu', device: 'SwiftShader' })).software).toBe(true);
    await prepareBackend({ backend: 'webgpu' });
  });

  it('is read within a synchronous call', () => {
    const sum = tf.add(tf.ones([LARGE]), tf.range(0, LARGE));
    expect([...sum.dataSync().slice(0, 3)]).toEqual([1, 2, 3]);
    const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([0, 1, 1, 0], [2, 2]));
    expect(product.arraySync()).toEqual([
      [2, 1],
      [4, 3],
    ]);
    expect(tf.greater(sum, 2).bufferSync().get(1)).toBe(0);
    expect(
      tf
        .add(sum, 1)
        .bufferSync()
        .get(LARGE - 1),
    ).toBe(LARGE + 1);
  });

  it('is read asynchronously, many tensors at the same time', async () => {
    const tensors = Array.from({ length: 20 }, (_, index) => tf.add(tf.ones([LARGE]), index));
    const values = await Promise.all(tensors.map((tensor) => tensor.data()));
    expect(values.map((one) => one[LARGE - 1])).toEqual(tensors.map((_, index) => index + 1));
  });

  it('is read whatever becomes of setImmediate', async () => {
    const { setImmediate } = globalThis;
    globalThis.setImmediate = (() => {
      throw new Error('replaced');
    }) as unknown as typeof setImmediate;
    try {
      expect(tf.add(tf.ones([LARGE]), 1).dataSync()[0]).toBe(2);
      expect((await tf.add(tf.ones([LARGE]), 2).data())[0]).toBe(3);
    } finally {
      globalThis.setImmediate = setImmediate;
    }
  });

  it('shares no array with a tensor', async () => {
    const array = Float32Array.of(1, 2, 3);
    const tensor = tf.tensor1d(array);
    array[0] = 9;
    expect([...tensor.dataSync()]).toEqual([1, 2, 3]);
    const onDevice = tf.add(tf.ones([LARGE]), 1);
    onDevice.dataSync()[0] = 9;
    (await onDevice.data())[1] = 9;
    expect([...onDevice.dataSync().slice(0, 2)]).toEqual([2, 2]);
  });

  it('has every element type', () => {
    expect([
      ...tf
        .cast(tf.fill([LARGE], 2.75), 'int32')
        .dataSync()
        .slice(0, 1),
    ]).toEqual([2]);
    expect([...tf.less(tf.range(0, LARGE), 2).dataSync().slice(1, 3)]).toEqual([1, 0]);
    expect(tf.tensor1d(['a', 'ß']).dataSync()).toEqual(['a', 'ß']);
    const wave = tf.complex(tf.tensor1d([1, 2]), tf.tensor1d([3, 4]));
    expect([...wave.dataSync()]).toEqual([1, 3, 2, 4]);
    expect([...tf.imag(tf.fft(wave)).dataSync()]).toEqual([7, -1]);
  });

  it('computes what it has no kernel for', () => {
    expect([...tf.unique(tf.tensor1d([3, 1, 3])).values.dataSync()]).toEqual([3, 1]);
  });

  it('passes the gradient of max pooling to the first of several largest', () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(
      tf.ones([1, 4, 4, 1]),
    );
    expect((tf.squeeze(gradient) as tf.Tensor2D).arraySync()).toEqual([
      [1, 0, 1, 0],
      [0, 0, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('differentiates functions with a gradient of their own', () => {
    const clipped = tf.customGrad((x, save) => {
      (save as (tensors: tf.Tensor[]) => void)([x as tf.Tensor]);
      return {
        value: tf.relu(x as tf.Tensor),
        gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, tf.mul(saved, 10)),
      };
    });
    expect([
      ...tf
        .grad((x: tf.Tensor) => clipped(x))(tf.tensor1d([-1, 2]))
        .dataSync(),
    ]).toEqual([-10, 20]);
  });

  it('counts tensors, profiles and times', async () => {
    const before = tf.memory();
    const tensor = tf.ones([LARGE]);
    expect(tf.memory().numTensors - before.numTensors).toBe(1);
    expect(tf.memory().numBytes - before.numBytes).toBe(4 * LARGE);
    const { kernelNames } = await tf.profile(() => tf.square(tf.add(tensor, 1)));
    expect([...kernelNames].sort()).toEqual(['Add', 'Square']);
    expect((await tf.time(() => tf.square(tensor))).kernelMs).toBeGreaterThan(0);
  });

  it('gives the error of a device to the next read, with the line that caused it', () => {
    const tensor = tf.add(tf.ones([LARGE]), 1);
    breakSomething();
    let stack = '';
    try {
      tensor.dataSync();
    } catch (error) {
      stack = (error as Error).stack!;
    }
    expect(stack).toContain('the graphics device refused it');
    expect(stack).toContain('breakSomething');
    expect(webgpu().broken).toBe(true);
    expect(tf.add(tf.ones([LARGE]), 1).dataSync()[0]).toBe(2);
  });
});

describe.skipIf(!installedBackends().includes('webgpu'))('a process that computed on WebGPU', () => {
  it('ends when nothing is left to do, and has printed nothing', async () => {
    const program = fileURLToPath(new URL('./programs/read-on-webgpu.ts', import.meta.url));
    const { stdout, stderr } = await execaNode(program, {
      nodeOptions: ['--import', 'tsx'],
      timeout: 60_000,
      env: existsSync(SOFTWARE_DRIVER)
        ? { VK_DRIVER_FILES: process.env['VK_DRIVER_FILES'] ?? SOFTWARE_DRIVER }
        : {},
    });
    expect({ stdout, stderr }).toEqual({ stdout: '2', stderr: '' });
  });
});
