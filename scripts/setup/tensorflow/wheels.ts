import type { Wheel } from './wheel.ts';

const release = '2.21.0';

/** Libtensorflow for processors alone. */
export const tensorflowCpu: Wheel = {
  name: 'tensorflow-cpu',
  version: release,
  packedMiB: 260,
  unpackedMiB: 700,
};

/** Libtensorflow for CUDA 12.5 and cuDNN 9; it computes without a card, too. */
export const tensorflowCuda: Wheel = {
  name: 'tensorflow',
  version: release,
  packedMiB: 546,
  unpackedMiB: 1500,
};

/** NVIDIA's libraries, and `libdevice` from its compiler, of the release that {@link tensorflowCuda} was built with. */
export const cudaLibraries: readonly Wheel[] = [
  { name: 'nvidia-cublas-cu12', version: '12.5.3.2', packedMiB: 347, unpackedMiB: 560 },
  { name: 'nvidia-cuda-runtime-cu12', version: '12.5.82', packedMiB: 1, unpackedMiB: 4 },
  { name: 'nvidia-cuda-nvrtc-cu12', version: '12.5.82', packedMiB: 24, unpackedMiB: 65 },
  { name: 'nvidia-cuda-nvcc-cu12', version: '12.5.82', packedMiB: 22, unpackedMiB: 1 },
  { name: 'nvidia-cudnn-cu12', version: '9.3.0.75', packedMiB: 551, unpackedMiB: 950 },
  { name: 'nvidia-cufft-cu12', version: '11.2.3.61', packedMiB: 184, unpackedMiB: 270 },
  { name: 'nvidia-cusolver-cu12', version: '11.6.3.83', packedMiB: 125, unpackedMiB: 190 },
  { name: 'nvidia-cusparse-cu12', version: '12.5.1.3', packedMiB: 208, unpackedMiB: 290 },
  { name: 'nvidia-nvjitlink-cu12', version: '12.5.82', packedMiB: 21, unpackedMiB: 50 },
];
