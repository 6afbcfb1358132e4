import { Command } from 'commander';

export const templateCommand = (): Command =>
  new Command('template')
    .description('Generate the student template from the reference.')
    .option('--check', 'write nothing; fail when student-template/ is not what the reference generates')
    .action(async ({ check }: { check?: boolean }) => {
      const { checkTemplate, writeTemplate } = await import('../generated/template.ts');
      if (check) checkTemplate();
      else writeTemplate();
    });
