import { Command, InvalidArgumentError } from 'commander';
import { pictureCache, pictureSetFolder } from '../../picture-sets/cache/cache.ts';
import { licenceText } from '../options/licence.ts';
import { wholeNumber } from '../options/numbers.ts';
import { existingPath, several } from '../options/paths.ts';
import type { ImportOptions } from '../picture-sets/import.ts';

/** A name that pictures can be kept under. */
function setName(name: string): string {
  try {
    pictureSetFolder(pictureCache(), name);
    return name;
  } catch {
    throw new InvalidArgumentError(
      'It must be letters, digits, hyphens and underscores, the first a letter or a digit.',
    );
  }
}

const importSource = (): Command =>
  new Command('import')
    .description(
      'import labelled pictures: a folder of PNG or JPEG with a CSV file or one folder a class, an .npz with X and y, ' +
        'a file of MNIST’s pictures or of CIFAR-10',
    )
    .argument('[source]', 'the folder or file', existingPath)
    .requiredOption('--name <name>', 'what to call them', setName)
    .option('--network <name>', 'the network whose classes the labels are')
    .option(
      '--count <number>',
      'at most so many, evenly of all classes',
      wholeNumber({ min: 1, max: 100_000 }),
    )
    .option(
      '--content <path>',
      'a content picture, or a folder of them; may be repeated',
      several(existingPath),
    )
    .option('--styles <path>', 'a style picture, or a folder of them; may be repeated', several(existingPath))
    .option('--licence <text>', 'under which they may be used', licenceText)
    .option('--source <text>', 'where they are from')
    .action(async (explained: string | undefined, options: Omit<ImportOptions, 'explained'>) => {
      const { importPictureSet } = await import('../picture-sets/import.ts');
      await importPictureSet({ ...options, explained });
    });

const list = (): Command =>
  new Command('list').description('show the pictures that there are').action(async () => {
    const { showPictureSets } = await import('../picture-sets/list.ts');
    showPictureSets();
  });

const remove = (): Command =>
  new Command('remove')
    .description('delete imported pictures')
    .argument('<name>', 'which', setName)
    .action(async (name: string) => {
      const { removePictureSet } = await import('../../picture-sets/cache/remove-picture-set.ts');
      removePictureSet(name);
      console.log(`${name} is removed`);
    });

export const picturesCommand = (): Command =>
  new Command('pictures')
    .description(
      `Pictures for the course. Imported ones are kept in ${pictureCache()}; PICTURE_CACHE names another folder.`,
    )
    .addCommand(list())
    .addCommand(importSource())
    .addCommand(remove());
