/** One invariant of the repository: what is run, and how to fix a failure. */
export interface Step {
  readonly name: string;
  /** A program of the project's packages, and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly fix: string;
}

export const steps: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'], fix: 'npm run format' },
  { name: 'lint', command: ['oxlint', '--quiet'], fix: 'npx oxlint --fix' },
  { name: 'types', command: ['tsc', '--noEmit'], fix: 'correct the places above' },
  { name: 'dead code', command: ['knip', '--no-progress'], fix: 'remove what nothing uses' },
  { name: 'template', command: ['tsx', 'scripts/cli.ts', 'template', '--check'], fix: 'npm run template' },
  { name: 'fixtures', command: ['tsx', 'scripts/cli.ts', 'fixtures', '--check'], fix: 'npm run fixtures' },
  { name: 'tests', command: ['vitest', 'run'], fix: 'npm test' },
  {
    name: 'corpus',
    command: ['vitest', 'run', '--config', 'tests/corpus/vitest.config.ts'],
    fix: 'npm run test:corpus',
  },
];

export const stepNames: readonly string[] = steps.map(({ name }) => name);
