import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { UsageError } from '../../../grader/format/errors.ts';
import { checkOnce } from './check-once.ts';
import type { KitPlaces } from './places.ts';
import { readArguments } from './read-arguments.ts';

const USAGE = `Usage: npm run check [part ...] [-- OPTION ...]; options come after a --
Runs the public checks as Gradescope runs them, of all parts or of those named (a part's name or its file's).
  --watch         stay, and check again what a save of yours changes
  --open          show the report as a page in the browser
  --inspect PART  run one part in this very process, for a debugger
Exit code: 0 all that was attempted passes, 1 something does not, 2 wrong usage, 3 the fault is not yours.
`;

export async function check(args: readonly string[], places: KitPlaces): Promise<ExitCode> {
  const { positionals, values } = readArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      watch: { type: 'boolean', default: false },
      open: { type: 'boolean', default: false },
      inspect: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  if (values.inspect !== undefined) {
    if (positionals.length > 0 || values.watch || values.open) {
      throw new UsageError('--inspect takes one part, and no other option');
    }
    const { inspectPart } = await import('./inspect.ts');
    return inspectPart(values.inspect, places);
  }
  if (values.watch) {
    const { watchFolder } = await import('./watch.ts');
    return watchFolder({ names: positionals, open: values.open, places });
  }
  return checkOnce({ names: positionals, open: values.open, places });
}
