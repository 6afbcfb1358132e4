import { Command } from 'commander';
import { writableDirectory } from '../options/paths.ts';

export const galleryCommand = (): Command =>
  new Command('gallery')
    .description('Render every kind of picture that the toolkit makes, for a person to look at.')
    .option('--out <directory>', 'where they go', writableDirectory, 'visualization/gallery')
    .action(async ({ out }: { out: string }) => {
      const { drawGallery } = await import('../gallery/gallery.ts');
      await drawGallery(out);
    });
