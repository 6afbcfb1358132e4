import { existsSync } from 'node:fs';
import { knownLibraries } from '../../../grader/sandbox/linker-cache.ts';

/** What a process needs of the host to compute on an NVIDIA card, and what it means when it is not there. */
const NEEDED: readonly { readonly what: string; readonly isThere: () => boolean }[] = [
  {
    what: 'no /dev/nvidia0: no card, or the container was not given it (docker run --gpus all)',
    isThere: () => existsSync('/dev/nvidia0'),
  },
  { what: 'no libcuda.so.1: no NVIDIA driver', isThere: () => isKnown('libcuda.so.1') },
  {
    what: 'no libnvidia-ml.so.1: a container without the driver’s share "utility" (NVIDIA_DRIVER_CAPABILITIES)',
    isThere: () => isKnown('libnvidia-ml.so.1'),
  },
];

const isKnown = (library: string): boolean => knownLibraries().some(({ name }) => name === library);

/** What this host lacks, in a few words each; empty where TensorFlow's own words are all there is. */
export function missingForCuda(): string[] {
  return NEEDED.filter(({ isThere }) => !isThere()).map(({ what }) => what);
}
