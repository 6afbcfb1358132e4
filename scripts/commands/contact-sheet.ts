import { Command } from 'commander';
import type { ContactSheetOptions } from '../gallery/contact-sheet.ts';
import { wholeNumber } from '../options/numbers.ts';
import { writableFile } from '../options/paths.ts';

export const contactSheetCommand = (): Command =>
  new Command('contact-sheet')
    .description('Draw pictures of every class of the dataset with their names, for a person to look at.')
    .option('--seed <text>', 'of the scenes', 'contact sheet')
    .option('--count <n>', 'pictures of a class', wholeNumber({ min: 1, max: 50 }), 10)
    .option('--size <pixels>', 'side of a picture', wholeNumber({ min: 8, max: 256 }), 64)
    .option('--out <file>', 'where it goes', writableFile, 'visualization/gallery/contact-sheet.png')
    .action(async (options: ContactSheetOptions) => {
      const { drawContactSheet } = await import('../gallery/contact-sheet.ts');
      await drawContactSheet(options);
    });
