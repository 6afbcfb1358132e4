import * as tf from '@tensorflow/tfjs';
import { GraderError } from '../../format/errors.ts';
import { importOptional, isInstalled } from './backends-directory.ts';
import type { OptionalBackendName } from './backends-directory.ts';
import { restoreUtil } from './restore-util.ts';

/** What an optional backend says of itself once it is the process's backend. */
export interface LoadedBackend {
  readonly versions: Record<string, string>;
  readonly device?: string;
}

interface TensorflowNode {
  readonly version: Record<string, string>;
}

/** Loads tfjs-node or tfjs-node-gpu; it makes itself the current backend, by the name `tensorflow`. */
async function loadTensorflowNode(name: 'gpu' | 'native', directory: string): Promise<LoadedBackend> {
  restoreUtil();
  if (name === 'gpu') {
    // Several children share one device: none may take all of its memory.
    process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
    process.env['CUDA_VISIBLE_DEVICES'] ??= '0';
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
  if (name === 'gpu' && !isUsingGpuDevice) throw new Error('TensorFlow sees no CUDA device');
  const versions = {
    [packageName]: loaded.version['tfjs-node'] ?? 'unknown',
    ...(binding?.TF_Version !== undefined ? { libtensorflow: binding.TF_Version } : {}),
  };
  return name === 'gpu'
    ? { versions, device: `CUDA device ${process.env['CUDA_VISIBLE_DEVICES']}` }
    : { versions };
}

interface GpuAdapter {
  readonly info: { readonly vendor: string; readonly description: string; readonly architecture: string };
}

interface Dawn {
  create(options: string[]): { requestAdapter(): Promise<GpuAdapter | null> };
  readonly globals: object;
}

/** Loads Dawn, shows it as a browser would, and loads tfjs-backend-webgpu, which registers itself then. */
async function loadWebgpu(directory: string): Promise<LoadedBackend> {
  const dawn = (await importOptional('webgpu', 'webgpu', directory)) as unknown as Dawn;
  const gpu = dawn.create([]);
  const adapter = await gpu.requestAdapter();
  if (adapter === null)
    throw new Error('Dawn finds no graphics device (on Linux: a Vulkan driver and libvulkan1)');
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
  const loaded = await importOptional('webgpu', '@tensorflow/tfjs-backend-webgpu', directory);
  if (!(await tf.setBackend('webgpu'))) throw new Error('the backend did not start');
  const { vendor, architecture, description } = adapter.info;
  return {
    versions: { '@tensorflow/tfjs-backend-webgpu': String(loaded['version_webgpu'] ?? tf.version.tfjs) },
    device: [vendor, architecture, description].filter((text) => text !== '').join(', '),
  };
}

/**
 * Loads an optional backend and makes it the current one.
 * @throws GraderError saying why it cannot be had and what to do
 */
export async function loadOptionalBackend(
  name: OptionalBackendName,
  directory: string,
): Promise<LoadedBackend> {
  if (!isInstalled(name, directory)) {
    throw new GraderError(`it is not installed; npm run setup -- ${name}`);
  }
  // A bundle carries a TensorFlow.js of its own: loading the package's warns of every kernel that is there twice.
  const wasQuiet = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return name === 'webgpu' ? await loadWebgpu(directory) : await loadTensorflowNode(name, directory);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new GraderError(`${reason}; npm run setup -- ${name}`, { cause });
  } finally {
    tf.env().set('PROD', wasQuiet);
  }
}
