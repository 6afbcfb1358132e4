import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

/** What a process needs of the host to compute on an NVIDIA card, and what it means when it is not there. */
const NEEDED: readonly { readonly what: string; readonly isThere: () => boolean }[] = [
  {
    what: 'no /dev/nvidia0: no card, or the container was not given it (docker run --gpus all)',
    isThere: () => existsSync('/dev/nvidia0'),
  },
  { what: 'no libcuda.so.1: no NVIDIA driver', isThere: () => libraries().includes('libcuda.so.1') },
  {
    what: 'no libnvidia-ml.so.1: a container without the driver’s share "utility" (NVIDIA_DRIVER_CAPABILITIES)',
    isThere: () => libraries().includes('libnvidia-ml.so.1'),
  },
];

/** What the dynamic linker knows; empty where there is no `ldconfig`. */
function libraries(): string {
  return spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
}

/** What this host lacks, in a few words each; empty where TensorFlow's own words are all there is. */
export function missingForCuda(): string[] {
  return NEEDED.filter(({ isThere }) => !isThere()).map(({ what }) => what);
}
