import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { knownLibraries } from '../sandbox/linker-cache.ts';
import { isPrivate } from './private-places.ts';

/** Of CUDA, of Vulkan, and what these load. */
const NVIDIA = /^lib(?:cuda|nvcuvid|nvoptix|GLX_nvidia|EGL_nvidia|nvidia-[\w-]+)\.so/;

/**
 * The folders of NVIDIA's driver, which a container is often given apart from the system's libraries, as
 * `/usr/local/nvidia/lib64`; none where there is no such driver.
 * @returns absolute paths, without symbolic links
 */
export function nvidiaDriver(): string[] {
  const found = knownLibraries().filter(({ name, path }) => NVIDIA.test(name) && existsSync(path));
  const folders = new Set(found.map(({ path }) => dirname(realpathSync(path))));
  return [...folders].filter((folder) => !isPrivate(folder));
}
