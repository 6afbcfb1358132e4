import { Argument, Command, Option } from 'commander';
import {
  optionalBackendNames,
  type OptionalBackendName,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import type { SetupOptions } from '../setup/setup.ts';

const backends = `
Backends:
  gpu      @tensorflow/tfjs-node-gpu built against TensorFlow 2.21 and NVIDIA's libraries from PyPI: Linux x86-64, an
           NVIDIA card and its driver, g++, python3, pip; 2 GB to download, 6 GB of disk; --cuda-11 for hosts with
           CUDA 11.2 and cuDNN 8.1
  native   @tensorflow/tfjs-node: downloads libtensorflow, some hundred megabytes; --from-source where that place
           cannot be reached
  webgpu   @tensorflow/tfjs-backend-webgpu over Dawn: a Vulkan, Metal or Direct3D 12 driver`;

export const setupCommand = (): Command =>
  new Command('setup')
    .description(
      "Install an optional backend beside the project's own packages, load it, compare a convolution and its " +
        'gradient with WASM, and keep it only if they agree.',
    )
    .addArgument(new Argument('<backend>', 'which one').choices(optionalBackendNames))
    .option(
      '--from-source',
      'native: compile the addon against the libtensorflow of PyPI (Linux x86-64; g++, python3, pip; 0.9 GB)',
    )
    .addOption(
      new Option(
        '--verify',
        "native: install nothing; run the kernels' tests and grade the example on what is installed",
      ).conflicts('fromSource'),
    )
    .option(
      '--cuda-11',
      'gpu: build nothing; what tfjs-node-gpu itself downloads, for CUDA 11.2 and cuDNN 8.1',
    )
    .option('--keep', 'gpu: keep what was built even where no device is found')
    .addHelpText('after', backends)
    .action(async (backend: OptionalBackendName, options: SetupOptions) => {
      const { setup } = await import('../setup/setup.ts');
      await setup(backend, options);
    });
