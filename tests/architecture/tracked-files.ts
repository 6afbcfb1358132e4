import { execFileSync } from 'node:child_process';
import { ROOT } from '../../repository.ts';

/** Every file that git tracks, below the root, `/` between folders. */
export function trackedFiles(): string[] {
  // The clone may belong to another user than the one who tests.
  const options = ['-c', `safe.directory=${ROOT}`, '-c', 'core.quotePath=false'];
  return execFileSync('git', [...options, 'ls-files'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .filter((path) => path !== '');
}
