import { Command, Option } from 'commander';
import { stepNames } from '../check/steps.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description(`What must be true of every commit: ${stepNames.join(', ')}.`)
    .addOption(new Option('--skip <name...>', 'leave these out').choices(stepNames).default([], 'none'))
    .action(async ({ skip }: { skip: string[] }) => {
      const { check } = await import('../check/check.ts');
      await check({ skip });
    });
