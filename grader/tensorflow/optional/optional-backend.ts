import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { GraderError } from '../../format/errors.ts';
import { importOptional, isInstalled, versionOf } from './backends-directory.ts';
import type { OptionalBackendName } from './backends-directory.ts';
import { loadWebgpu } from '../webgpu/load-webgpu.ts';
import { restoreUtil } from './restore-util.ts';

/** What an optional backend says of itself once it is the process's backend. */
export interface LoadedBackend {
  readonly versions: Record<string, string>;
  readonly device?: string;
  /** Whether that is a driver in software. */
  readonly software?: boolean;
}

/** Where `npm run setup -- gpu` puts `libdevice`, in the backend's folder. */
const NVCC = 'node_modules/@tensorflow/tfjs-node-gpu/deps/nvidia/cuda_nvcc';

/** As XLA reads it, which splits its flags at spaces that are not between quotes. */
export const xlaValue = (path: string): string =>
  /[\s"'\\]/.test(path) ? `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"` : path;

interface TensorflowNode {
  readonly version: Record<string, string>;
}

export interface OptionalBackendOptions {
  /** Where the optional backends lie. */
  readonly directory: string;
  /**
   * Whether it may compute on the processor: CUDA's kernels for it, or a driver of WebGPU in software, which is slower
   * than WASM.
   */
  readonly withoutDevice: boolean;
  /** Of several: the number of a CUDA device, a part of the name of an adapter of WebGPU. */
  readonly device?: string | undefined;
}

/** Loads tfjs-node or tfjs-node-gpu; it makes itself the current backend, by the name `tensorflow`. */
async function loadTensorflowNode(
  name: 'gpu' | 'native',
  { directory, withoutDevice, device }: OptionalBackendOptions,
): Promise<LoadedBackend> {
  restoreUtil();
  if (name === 'gpu') {
    // Several children share one device: none may take all of its memory.
    process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
    // A number that we are given is one of nvidia-smi; what CUDA finds in the environment is by its own order.
    if (device !== undefined) process.env['CUDA_DEVICE_ORDER'] ??= 'PCI_BUS_ID';
    process.env['CUDA_VISIBLE_DEVICES'] = device ?? process.env['CUDA_VISIBLE_DEVICES'] ?? '0';
    // Convolutions and products would round their factors to ten bits.
    process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
    // From `libdevice` libtensorflow compiles kernels at first use, as of roots and logarithms.
    const nvcc = join(directory, name, NVCC);
    if (existsSync(nvcc)) process.env['XLA_FLAGS'] ??= `--xla_gpu_cuda_data_dir=${xlaValue(nvcc)}`;
    // What a card newer than the binaries compiles: set-up fills it, and sandboxed children only read it.
    process.env['CUDA_CACHE_PATH'] ??= join(directory, name, 'cuda-cache');
  }
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // With oneDNN's kernels libtensorflow 2.21 corrupted the heap in every third run of the convolutions' tests.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '0';
  const packageName = name === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  const loaded = (await importOptional(name, packageName, directory)) as unknown as TensorflowNode;
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the backend did not start');
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as {
    isUsingGpuDevice: boolean;
    binding?: { TF_Version?: string };
  };
  if (name === 'gpu' && !isUsingGpuDevice && !withoutDevice)
    throw new Error('TensorFlow sees no CUDA device');
  const versions = {
    [packageName]: loaded.version['tfjs-node'] ?? 'unknown',
    ...(binding?.TF_Version !== undefined ? { libtensorflow: binding.TF_Version } : {}),
  };
  return name === 'gpu' && isUsingGpuDevice
    ? { versions, device: `CUDA device ${process.env['CUDA_VISIBLE_DEVICES']}` }
    : { versions };
}

/**
 * Loads an optional backend and makes it the current one.
 * @throws GraderError saying why it cannot be had and what to do
 */
export async function loadOptionalBackend(
  name: OptionalBackendName,
  options: OptionalBackendOptions,
): Promise<LoadedBackend> {
  const { directory, withoutDevice, device } = options;
  if (!isInstalled(name, directory)) {
    throw new GraderError(`it is not installed; npm run setup -- ${name}`);
  }
  // A bundle carries a TensorFlow.js of its own: loading the package's warns of every kernel that is there twice.
  const wasQuiet = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    if (name !== 'webgpu') return await loadTensorflowNode(name, options);
    const load = (packageName: string): Promise<unknown> => importOptional(name, packageName, directory);
    const loaded = await loadWebgpu(load, { software: withoutDevice, adapter: device });
    // Its polling is documented nowhere, so that the version matters.
    const webgpu = versionOf(name, 'webgpu', directory);
    return { ...loaded, versions: { ...loaded.versions, webgpu } };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new GraderError(`${reason}; npm run setup -- ${name}`, { cause });
  } finally {
    tf.env().set('PROD', wasQuiet);
  }
}
