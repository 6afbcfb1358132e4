import { Command } from 'commander';
import { courseOption } from '../options/course.ts';
import { writableFile } from '../options/paths.ts';

interface Options {
  readonly course?: string;
  readonly out: string;
  readonly measure: boolean;
}

export const releaseCommand = (): Command =>
  new Command('release')
    .description(
      "Make the students' kit: the template with the public checks and the compiled engine as a package beside it.",
    )
    .option('--out <file>', 'where it goes', writableFile, 'dist/introspection-kit.zip')
    .option(
      '--measure',
      'also install it from the npm registry in an empty folder, and print size and time',
      false,
    )
    .addOption(courseOption())
    .action(async (options: Options) => {
      const { release } = await import('../kit/release.ts');
      await release(options);
    });
