import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { knownLibraries, type KnownLibrary } from '../sandbox/linker-cache.ts';
import { holdsCourseOrHome } from './kept-places.ts';

/** Of CUDA, of Vulkan, and what these load. */
const NVIDIA = /^lib(?:cuda|nvcuvid|nvoptix|GLX_nvidia|EGL_nvidia|nvidia-[\w-]+)\.so/;

/**
 * The folders of NVIDIA's driver, which a container is often given apart from the system's libraries, as
 * `/usr/local/nvidia/lib64`: where the dynamic linker finds its libraries, and where these really lie.
 * @param libraries that the linker knows
 * @returns absolute paths; none where there is no such driver
 */
export function nvidiaDriver(libraries: readonly KnownLibrary[] = knownLibraries()): string[] {
  const found = libraries.filter(({ name, path }) => NVIDIA.test(name) && existsSync(path));
  const folders = new Set(found.flatMap(({ path }) => [dirname(path), dirname(realpathSync(path))]));
  return [...folders].filter((folder) => !holdsCourseOrHome(folder));
}
