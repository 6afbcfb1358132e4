import module from 'node:module';
import { runToExitCode, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { outliveReaders } from '../../../grader/cli/outlive-readers.ts';
import { UsageError } from '../../../grader/format/errors.ts';
import type { KitPlaces } from './places.ts';
import { kitPlaces } from './places.ts';
import { refuseOptionsOfNpm } from './options-of-npm.ts';

/** What a command is given, and what it ends with when it ends by itself. */
export type KitCommand = (args: readonly string[], places: KitPlaces) => Promise<ExitCode>;

interface Entry {
  readonly about: string;
  readonly load: () => Promise<KitCommand>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  check: {
    about: 'run the public checks, as they run on Gradescope',
    load: async () => (await import('./check.ts')).check,
  },
  test: {
    about: 'the same as vitest tests, one for each check',
    load: async () => (await import('./run-tool.ts')).test,
  },
  visualize: {
    about: 'draw the pictures',
    load: async () => (await import('./run-tool.ts')).visualize,
  },
  typecheck: {
    about: 'find type errors without running anything',
    load: async () => (await import('./run-tool.ts')).typecheck,
  },
  collect: {
    about: 'look everything over and pack it',
    load: async () => (await import('./collect.ts')).collectFolder,
  },
  report: {
    about: 'make the page of the written part',
    load: async () => (await import('./run-tool.ts')).report,
  },
};

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { about }]) => `  npm run ${name.padEnd(10)} ${about}`);
  return `Commands of this folder:\n${rows.join('\n')}\nOptions come after a --: npm run check -- --help\n`;
}

/**
 * Runs a command of the kit.
 * @param options.folder the student's folder, absolute
 * @returns the exit code
 */
export async function run(options: { folder: string; args: readonly string[] }): Promise<ExitCode> {
  outliveReaders();
  // Node.js 22 and newer keep what they compiled.
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
  const [name = 'help', ...args] = options.args;
  let exitCode: ExitCode = 0;
  const failure = await runToExitCode(
    async () => {
      if (['help', '--help', '-h'].includes(name)) {
        process.stdout.write(overview());
        return;
      }
      const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
      if (!entry) {
        throw new UsageError(`there is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}`);
      }
      refuseOptionsOfNpm([name, ...args], process.env);
      const command = await entry.load();
      exitCode = await command(args, kitPlaces(options.folder));
    },
    { name: () => name, help: () => `help: npm run ${name} -- --help` },
  );
  return failure === 0 ? exitCode : failure;
}
