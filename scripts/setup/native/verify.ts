import { execa } from 'execa';
import { installedBackends } from '../../../grader/tensorflow/index.ts';
import { ROOT } from '../../../repository.ts';

// Runs the kernels' tests on tfjs-node instead of WASM, then grades the example on it, in children as everywhere. For
// maintainers, after npm run setup -- native or build.ts beside this file: npx tsx scripts/native-backend/verify.ts

if (!installedBackends().includes('native')) {
  throw new Error('tfjs-node is not installed; npx tsx scripts/native-backend/build.ts');
}
const kernels = ['convolution-gradients', 'pooling-and-depthwise-gradients', 'matrix-products'];
const run = async (command: string, args: string[], env = {}): Promise<void> => {
  await execa(command, args, { cwd: ROOT, stdio: 'inherit', env, preferLocal: true });
};
await run('vitest', ['run', ...kernels.map((name) => `tests/backend/${name}.test.ts`)], {
  BACKEND_UNDER_TEST: 'native',
});
await run('npm', ['run', '--silent', 'grade', '--', '--backend', 'native']);
