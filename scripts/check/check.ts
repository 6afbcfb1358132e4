import { execa } from 'execa';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { ROOT } from '../../repository.ts';
import { steps, type Step } from './steps.ts';

/** Runs a step; its output is shown when it fails. */
async function passes({ name, command: [program, ...args], fix }: Step): Promise<boolean> {
  const begin = performance.now();
  const { failed, all } = await execa(program, args, {
    cwd: ROOT,
    preferLocal: true,
    localDir: ROOT,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  if (failed) console.log(all);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${failed ? '✗' : '✓'} ${name} (${seconds} s)${failed ? `: ${fix}` : ''}`);
  return !failed;
}

/** Runs the steps one after the other. @throws FindingError naming those that failed */
export async function check({ skip }: { skip: readonly string[] }): Promise<void> {
  const wanted = steps.filter(({ name }) => !skip.includes(name));
  const failed: string[] = [];
  for (const step of wanted) {
    if (!(await passes(step))) failed.push(step.name);
  }
  if (failed.length > 0)
    throw new FindingError(`${failed.length} of ${wanted.length} failed: ${failed.join(', ')}`);
}
