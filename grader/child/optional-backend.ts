import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Addon } from '../sandbox/addon.ts';
import type { LaunchOptions, Limits } from '../sandbox/sandbox.ts';
import { backendsDirectory, isOptional } from '../tensorflow/optional/backends-directory.ts';
import { GiB } from '../format/units.ts';
import { vulkanDrivers } from './vulkan-drivers.ts';

/** What a child that computes on a backend of `npm run setup` is launched with, beyond others. */
export interface BackendNeeds extends Pick<LaunchOptions, 'addon' | 'readable'> {
  /**
   * Where the optional backends lie, the files that name Vulkan's drivers, and which of several devices; empty where
   * there is nothing to say.
   */
  readonly arguments: readonly [backends: string, driverFiles: string, device: string];
  readonly limits: Limits;
}

/** Where Vulkan's loader looks for drivers and layers. */
const VULKAN = ['/etc/vulkan', '/usr/share/vulkan'];
/** Threads that are not in proportion to the processors: they watch the device, or wait for its work. */
const DEVICE_THREADS = 16;
/**
 * A graphics driver reserves far more than it touches: of SwiftShader 2.2 GiB were seen where 0.4 were resident, and
 * where it gets none, it crashes by SIGSEGV. What is resident is bounded as ever.
 */
const DRIVER_DATA_BYTES = 4 * GiB;

/** The environment of a child starts empty: of what this process may see, it is given the first. */
function cudaDevice(): string {
  return (process.env['CUDA_VISIBLE_DEVICES'] ?? '').split(',')[0].trim();
}

/**
 * Needs nothing where the backend is one of npm's own install.
 * @param device of several, as `prepareBackend` has it
 */
export function needsOf(backend: string, limits: Limits, device?: string): BackendNeeds {
  if (!isOptional(backend)) {
    return { readable: [], arguments: ['', '', ''], limits };
  }
  // The addon lies outside the run's own directory, beside the packages that it shares with the project.
  const backends = backendsDirectory();
  const driverFiles = backend === 'webgpu' ? (process.env['VK_DRIVER_FILES'] ?? '') : '';
  const addon: Addon =
    backend === 'webgpu'
      ? { kind: 'graphics', libraries: [...VULKAN, ...vulkanDrivers(driverFiles)] }
      : { kind: 'tensorflow', libraries: [] };
  return {
    addon,
    readable: [backends, join(dirname(backends), 'node_modules')],
    arguments: [backends, driverFiles, device ?? (backend === 'gpu' ? cudaDevice() : '')],
    limits: {
      ...limits,
      dataBytes: limits.dataBytes + (backend === 'webgpu' ? DRIVER_DATA_BYTES : 0),
      // Libtensorflow and drivers in software start two threads for each processor.
      processes: limits.processes + 2 * availableParallelism() + DEVICE_THREADS,
    },
  };
}
