import { Command } from 'commander';

export const newPartCommand = (): Command =>
  new Command('new-part')
    .description('Add a part to the assignment: a complete one, to be replaced piece by piece.')
    .argument('<name>', 'lower-case words with hyphens: occlusion-sensitivity')
    .action(async (name: string) => {
      const { writeNewPart } = await import('../generated/new-part.ts');
      await writeNewPart(name);
    });
