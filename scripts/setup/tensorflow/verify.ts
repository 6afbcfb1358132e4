import { execa, ExecaError } from 'execa';
import { FindingError } from '../../../grader/cli/exit-code.ts';
import { UsageError } from '../../../grader/format/errors.ts';
import { installedBackends } from '../../../grader/tensorflow/optional/backends-directory.ts';
import { ROOT } from '../../../repository.ts';

const KERNELS = ['convolution-gradients', 'pooling-and-depthwise-gradients', 'matrix-products'];

const TESTS = ['run', ...KERNELS.map((name) => `tests/tensorflow/${name}.test.ts`)];
const GRADE = ['scripts/cli.ts', 'grade', '--backend', 'native'];

async function run(program: string, args: readonly string[]): Promise<void> {
  await execa(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { BACKEND_UNDER_TEST: 'native' },
    preferLocal: true,
    localDir: ROOT,
  });
}

/**
 * Runs the kernels' tests on tfjs-node instead of WASM, then grades the example on it, in children as everywhere.
 * @throws FindingError where one of them fails
 */
export async function verifyNative(): Promise<void> {
  if (!installedBackends().includes('native')) {
    throw new UsageError('tfjs-node is not installed; npm run setup -- native');
  }
  try {
    await run('vitest', TESTS);
    await run('tsx', GRADE);
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new FindingError(`tfjs-node does not do what WASM does: ${error.shortMessage}`, { cause: error });
  }
}
