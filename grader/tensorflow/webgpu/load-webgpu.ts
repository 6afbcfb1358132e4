import * as tf from '@tensorflow/tfjs';
import { findAdapter, openDevice, showDawn, type Dawn } from './dawn.ts';
import { readableBackend, type StockBackendClass } from './readable-backend.ts';
import { registerKernels } from './register-kernels.ts';

/** What came of loading: the device that computes, and versions of packages. */
export interface LoadedWebgpu {
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
}

interface BackendPackage {
  readonly WebGPUBackend: StockBackendClass;
  readonly version_webgpu?: string;
}

/**
 * Makes `webgpu`, on Dawn, the process's backend, readable within a synchronous call.
 * @param load imports a package of the backend's folder
 * @param options.software whether a driver in software will do
 * @throws Error where there is no device, or it does not start
 */
export async function loadWebgpu(
  load: (name: string) => Promise<unknown>,
  { software }: { software: boolean },
): Promise<LoadedWebgpu> {
  const { gpu, polling } = showDawn((await load('webgpu')) as Dawn);
  const adapter = await findAdapter(gpu);
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
  const { vendor, architecture, description } = adapter.info;
  return {
    versions: { '@tensorflow/tfjs-backend-webgpu': stock.version_webgpu ?? tf.version.tfjs },
    device: [vendor, architecture, description].filter((text) => text !== '').join(', '),
  };
}
