import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Addon } from '../sandbox/addon.ts';
import type { LaunchOptions, Limits } from '../sandbox/sandbox.ts';
import {
  backendsDirectory,
  isOptional,
  type OptionalBackendName,
} from '../tensorflow/optional/backends-directory.ts';
import { GiB } from '../format/units.ts';
import { nvidiaDriver } from './nvidia-driver.ts';
import { vulkanDrivers } from './vulkan-drivers.ts';
import { vulkanManifests } from './vulkan-manifests.ts';

/** What a child that computes on a backend of `npm run setup` is launched with, beyond others. */
export interface BackendNeeds extends Pick<LaunchOptions, 'addon' | 'readable'> {
  /**
   * Where the optional backends lie, the files that name Vulkan's drivers, which of several devices, and by which order
   * CUDA numbers them; empty where there is nothing to say.
   */
  readonly arguments: readonly [backends: string, driverFiles: string, device: string, deviceOrder: string];
  readonly limits: Limits;
}

/** Threads that are not in proportion to the processors: they watch the device, or wait for its work. */
const DEVICE_THREADS = 16;
/**
 * A graphics driver reserves far more than it touches: of SwiftShader 2.2 GiB were seen where 0.4 were resident, and
 * where it gets none, it crashes by SIGSEGV. What is resident is bounded as ever.
 */
const DRIVER_DATA_BYTES = 4 * GiB;
/** CUDA's own, where nobody says. */
const CUDA_ORDER = 'FASTEST_FIRST';

/**
 * Which CUDA device a child is told, and by which order it is numbered. Its environment starts empty: of the devices that
 * this process may see, it is given the first, by the order that this process has them in.
 * @param device as it was given, by the numbers of nvidia-smi where nothing else is set
 */
function cudaDevice(device: string | undefined): readonly [device: string, order: string] {
  const { CUDA_DEVICE_ORDER: order, CUDA_VISIBLE_DEVICES: visible } = process.env;
  if (device !== undefined) return [device, order || 'PCI_BUS_ID'];
  if (visible === undefined) return ['', order || CUDA_ORDER];
  // CUDA takes what is no device, and all after it, for none.
  return [visible.split(',')[0].trim() || '-1', order || CUDA_ORDER];
}

function addonOf(backend: OptionalBackendName, driverFiles: string): Addon {
  switch (backend) {
    case 'native':
      return { kind: 'tensorflow', libraries: [] };
    case 'gpu':
      return { kind: 'cuda', libraries: nvidiaDriver() };
    case 'webgpu':
      return {
        kind: 'graphics',
        libraries: [...vulkanManifests(), ...vulkanDrivers(driverFiles), ...nvidiaDriver()],
      };
  }
}

/**
 * Needs nothing where the backend is one of npm's own install.
 * @param device of several, as `prepareBackend` has it
 */
export function needsOf(backend: string, limits: Limits, device?: string): BackendNeeds {
  if (!isOptional(backend)) {
    return { readable: [], arguments: ['', '', '', ''], limits };
  }
  const [which, order] = backend === 'gpu' ? cudaDevice(device) : [device ?? '', ''];
  // The addon lies outside the run's own directory, beside the packages that it shares with the project.
  const backends = backendsDirectory();
  const driverFiles = backend === 'webgpu' ? (process.env['VK_DRIVER_FILES'] ?? '') : '';
  return {
    addon: addonOf(backend, driverFiles),
    readable: [backends, join(dirname(backends), 'node_modules')],
    arguments: [backends, driverFiles, which, order],
    limits: {
      ...limits,
      dataBytes: limits.dataBytes + (backend === 'webgpu' ? DRIVER_DATA_BYTES : 0),
      // Libtensorflow and drivers in software start two threads for each processor.
      processes: limits.processes + 2 * availableParallelism() + DEVICE_THREADS,
    },
  };
}
