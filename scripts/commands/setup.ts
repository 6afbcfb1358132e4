import { parseArgs } from 'node:util';
import { optionalBackendNames, optionalPackages } from '../../grader/tensorflow/index.ts';
import { installPackages } from '../setup/packages.ts';
import { replaceBackend } from '../setup/replace-backend.ts';

const usage = `npm run setup -- ${optionalBackendNames.join('|')}

Installs one of the optional backends beside the project's own packages, loads it, compares a convolution and its
gradient with WASM, and keeps it only if they agree.

gpu      @tensorflow/tfjs-node-gpu: Linux, an NVIDIA card, CUDA 11.2 with cuDNN 8.1
native   @tensorflow/tfjs-node: downloads libtensorflow, some hundred megabytes; where that place cannot be reached,
         scripts/native-backend/build.ts builds it from package registries alone
webgpu   @tensorflow/tfjs-backend-webgpu over Dawn: a Vulkan, Metal or Direct3D 12 driver
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});
const name = optionalBackendNames.find((candidate) => candidate === positionals[0]);
if (values.help || name === undefined || positionals.length !== 1) {
  (values.help ? process.stdout : process.stderr).write(usage);
  process.exit(values.help ? 0 : 2);
}
const done = await replaceBackend(name, async (folder) => {
  process.stderr.write(`installing ${optionalPackages[name].join(' ')}\n`);
  await installPackages(name, folder);
});
process.exitCode = done ? 0 : 1;
