import { Command } from 'commander';
import { CoreWatch } from '../../grader/tensorflow/core-watch.ts';
import { modelFile } from '../options/model.ts';
import { existingFile, several, writableDirectory } from '../options/paths.ts';
import type { VisualizeOptions } from '../pictures/visualize.ts';

export const visualizeCommand = (): Command =>
  new Command('visualize')
    .description(
      'Draw the pictures of the parts with the solutions of the reference; one that was drawn before is replaced.',
    )
    .argument('[part...]', 'names of parts, or of the files that are submitted for them (default: all)')
    .option(
      '--model <file>',
      'another network: a file (safetensors), or the name of an imported one (default: the embedded network of shapes)',
      modelFile,
    )
    .option(
      '--picture <file>',
      'a picture to explain (PNG or JPEG), any number of times',
      several(existingFile),
    )
    .option('--content <file>', 'the content picture of a style transfer', existingFile)
    .option('--style <file>', 'the style picture of a style transfer', existingFile)
    .option('--out <directory>', 'where they go', writableDirectory, 'visualization')
    .action(async (parts: string[], options: VisualizeOptions) => {
      const watch = new CoreWatch();
      const { visualize } = await import('../pictures/visualize.ts');
      await visualize(parts, options, watch);
    });
