import { Command } from 'commander';

export const localisationCommand = (): Command =>
  new Command('localisation')
    .description(
      "Measure on fresh pictures whether the embedded networks' explanations lie on the object, and note it in " +
        'their model cards.',
    )
    .option(
      '--picture <file>',
      'also draw the first maps of each network, as FILE-standard.png and FILE-robust.png',
    )
    .action(async (options: { picture?: string }) => {
      const { measureNetworks } = await import('../networks/localisation.ts');
      await measureNetworks(options);
    });
