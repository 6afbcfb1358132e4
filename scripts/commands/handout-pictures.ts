import { Command } from 'commander';

export const handoutPicturesCommand = (): Command =>
  new Command('handout-pictures')
    .description('Draw the pictures that handouts show, with the solutions of the reference.')
    .argument('[part...]', 'ids of parts (default: all)')
    .action(async (parts: string[]) => {
      const { drawHandoutPictures } = await import('../pictures/handout-pictures.ts');
      await drawHandoutPictures(parts);
    });
