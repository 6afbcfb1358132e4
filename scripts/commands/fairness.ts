import { Command, Option } from 'commander';
import { CONDITIONS } from '../../authoring/fairness/condition.ts';

export const fairnessCommand = (): Command =>
  new Command('fairness')
    .description(
      'Grade all right solutions under load, at half speed, as another user and on other releases of Node.js; fail where that changes a verdict.',
    )
    .argument('[part...]', 'these parts alone')
    .addOption(
      new Option('--under <condition...>', 'under these alone')
        .choices(CONDITIONS.map(({ name }) => name))
        .default([], 'all'),
    )
    .option('--all', 'fail where a condition cannot be had on this machine')
    .action(async (parts: string[], { under, all = false }: { under: string[]; all?: boolean }) => {
      const { fairness } = await import('../rubric/fairness.ts');
      await fairness(parts, under, { all });
    });
