import { Command, CommanderError, type Option } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToExitCode, type ExitCode } from '../grader/cli/exit-code.ts';
import { UsageError } from '../grader/format/errors.ts';
import { ROOT } from '../repository.ts';
import * as commands from './commands/index.ts';

/** Where help and the sentence about an error go. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const standard: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The names of a command below the program itself. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [];
}

/** How a command is called. */
function invocation(command: Command): string {
  const [name, ...rest] = pathOf(command);
  return name === undefined ? 'npx tsx scripts/cli.ts' : ['npm', 'run', name, '--', ...rest].join(' ');
}

/** What commander has against a command line, as one sentence. */
function sentenceOf(error: CommanderError, command: Command): string {
  if (error.code === 'commander.help') {
    return `a command is missing: ${command.commands.map((one) => one.name()).join(', ')}`;
  }
  const given = error.code === 'commander.excessArguments' ? `: ${command.args.join(' ')}` : '';
  const text = error.message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '(.*?)'/s, '$1 will not do as <$2>')
    .replaceAll(/\. ([A-Z])/g, (_, first: string) => `: ${first.toLowerCase()}`)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return text + given;
}

/** The options of all that a command belongs to; those of a command that does work by itself are for that work. */
function globalOptions(command: Command): Option[] {
  const { parent } = command;
  if (!parent) return [];
  const own = parent.registeredArguments.length > 0 ? [] : parent.options.filter(({ hidden }) => !hidden);
  return [...own, ...globalOptions(parent)];
}

/** Every command ends by an error or by itself, and prints where `output` says. */
function prepare(command: Command, output: Output): void {
  command
    .exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      throw new UsageError(sentenceOf(error, command));
    })
    .configureOutput({ writeOut: output.out, writeErr: () => {}, outputError: () => {} })
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: globalOptions,
      commandUsage: (one) => `${invocation(one)} ${one.usage()}`,
    });
  for (const one of command.commands) prepare(one, output);
}

/** Runs a command line and resolves with the exit code; what is wrong is told in one sentence. */
export async function run(args: readonly string[], output: Output = standard): Promise<ExitCode> {
  const program = new Command('introspection-grader')
    .description('The autograder and assignment kit.')
    .version(version(), '--version', 'print the version');
  for (const make of Object.values(commands)) program.addCommand(make());
  prepare(program, output);
  let current = program;
  const descend = (command: Command): void => {
    const [name] = args.slice(pathOf(command).length);
    const next = command.commands.find((one) => one.name() === name);
    current = command;
    if (next) descend(next);
  };
  descend(program);
  return runToExitCode(
    async () => {
      try {
        await program.parseAsync(args, { from: 'user' });
      } catch (error) {
        if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
      }
    },
    {
      name: () => pathOf(current).join(' ') || program.name(),
      help: () => `help: ${invocation(current)} --help`,
      write: output.err,
    },
  );
}
