import { Command, InvalidArgumentError, Option } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { selfGrade } from '../../packaging/builder/self-grade.ts';
import { FIXTURES, TEMPLATE } from '../../repository.ts';

interface Options {
  readonly out: string;
  readonly timeout: number;
  readonly timeFactor: number;
  readonly jobs: number;
  readonly isolation: 'strict' | 'auto';
  readonly node: string;
  readonly verify: boolean;
}

const EXAMPLE = join(FIXTURES, 'submissions', 'example', 'assignment_3_submission.zip');

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

const program = new Command('package')
  .description(
    'Make dist/autograder.zip for Gradescope, and grade with it in an emulation of the smallest container.',
  )
  .option('--out <file>', 'where it goes', 'dist/autograder.zip')
  .option('--timeout <minutes>', "the time limit set in the assignment's Gradescope settings", positive, 10)
  .option('--time-factor <x>', 'stretch the time limits of calls; 4 suits half a processor', positive, 4)
  .option('--jobs <n>', 'parts graded at the same time; 1 suits less than two processors', positive, 1)
  .addOption(
    new Option('--isolation <how>', 'what a container must offer')
      .choices(['strict', 'auto'])
      .default('strict'),
  )
  .option('--node <directory>', 'the Node.js of the emulation', dirname(dirname(process.execPath)))
  .option('--no-verify', 'do not grade with it')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const { out, timeout, timeFactor, jobs, isolation, node, verify } = program.opts<Options>();
try {
  const { zip, files, sha256 } = await makePackage({ timeoutMinutes: timeout, timeFactor, jobs, isolation });
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, zip);
  console.log(`${out}: ${files.size} files, ${(zip.length / 2 ** 20).toFixed(2)} MiB, SHA-256 ${sha256}`);
  if (verify) {
    const log = (text: string): void => void process.stderr.write(text);
    for (const line of await selfGrade({
      zip,
      nodePrefix: resolve(node),
      example: EXAMPLE,
      template: TEMPLATE,
      log,
    }))
      console.log(line);
  }
} catch (error) {
  console.error(`package: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 3;
}
