import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../../../grader/format/errors.ts';

/** A command's arguments, parsed. @throws UsageError with the first sentence of what is wrong */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw new UsageError((cause as Error).message.replace(/\. [A-Z].*$/s, ''), { cause });
  }
}
