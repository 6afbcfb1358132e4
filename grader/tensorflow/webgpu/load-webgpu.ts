import * as tf from '@tensorflow/tfjs';
import { findAdapter, openDevice, showDawn, type Dawn } from './dawn.ts';
import { readableBackend, type StockBackendClass } from './readable-backend.ts';
import { registerKernels } from './register-kernels.ts';

/** What came of loading: the device that computes, and versions of packages. */
export interface LoadedWebgpu {
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Whether that is a driver in software. */
  readonly software: boolean;
}

interface BackendPackage {
  readonly WebGPUBackend: StockBackendClass;
  readonly version_webgpu?: string;
}

/** More than what the package computes on the processor. */
const SAMPLE = 4096;

/** Has the device compute and read: one that is given may be lost at its first use. @throws Error where it does not */
function tryDevice(): void {
  const sum = tf.tidy(() => tf.add(tf.zeros([SAMPLE]), 1).dataSync());
  if (sum[SAMPLE - 1] !== 1) throw new Error('the graphics device computes something else');
}

/**
 * Makes `webgpu`, on Dawn, the process's backend, readable within a synchronous call.
 * @param load imports a package of the backend's folder
 * @param options.software whether a driver in software will do
 * @param options.adapter a part of the name of the adapter that is to be taken
 * @throws Error where there is no device, or it does not start
 */
export async function loadWebgpu(
  load: (name: string) => Promise<unknown>,
  { software, adapter: name }: { software: boolean; adapter?: string | undefined },
): Promise<LoadedWebgpu> {
  const { gpu, polling } = showDawn((await load('webgpu')) as Dawn, name);
  const adapter = await findAdapter(gpu, name);
  if (adapter.info.isFallbackAdapter && !software) {
    throw new Error('there is no graphics device but a driver in software, slower than WASM');
  }
  const device = await openDevice(adapter);
  const stock = (await load('@tensorflow/tfjs-backend-webgpu')) as BackendPackage;
  const Backend = readableBackend(stock.WebGPUBackend, polling);
  registerKernels();
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new Backend(device, adapter.info), 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('the backend did not start');
  tryDevice();
  const { vendor, architecture, description } = adapter.info;
  return {
    versions: { '@tensorflow/tfjs-backend-webgpu': stock.version_webgpu ?? tf.version.tfjs },
    software: adapter.info.isFallbackAdapter,
    device: [vendor, architecture, description].filter((text) => text !== '').join(', '),
  };
}
