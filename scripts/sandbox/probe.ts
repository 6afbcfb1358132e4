import { runCanary } from '../../grader/sandbox/canary/canary.ts';
import { THREATS, type IsolationReport, type Threat } from '../../grader/sandbox/isolation.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Means } from '../../grader/sandbox/layers.ts';
import { FIXTURES } from '../../repository.ts';

/** Each leaves out more than the one before it. */
const WAYS: readonly { readonly name: string; readonly without: readonly Means[] }[] = [
  { name: 'everything', without: [] },
  { name: 'no bubblewrap', without: ['bubblewrap'] },
  { name: 'no compiler', without: ['bubblewrap', 'compiler'] },
  { name: 'no Landlock', without: ['bubblewrap', 'landlock'] },
  { name: 'util-linux', without: ['bubblewrap', 'compiler', 'perl'] },
  { name: 'watchdog only', without: ['bubblewrap', 'compiler', 'perl', 'util-linux'] },
];

interface Column {
  readonly name: string;
  readonly report: IsolationReport;
}

function table(columns: readonly Column[]): string[] {
  const width = Math.max(...Object.values(THREATS).map((text) => text.length));
  const cells = (first: string, rest: readonly string[]): string =>
    `${first.padEnd(width)}  ${rest.map((text, i) => text.padEnd(columns[i].name.length)).join('  ')}`.trimEnd();
  const rows = (Object.entries(THREATS) as [Threat, string][]).map(([threat, text]) =>
    cells(
      text,
      columns.map(({ report }) => (report.open[threat] === undefined ? 'holds' : 'OPEN')),
    ),
  );
  return [
    cells(
      'an attempt to',
      columns.map(({ name }) => name),
    ),
    ...rows,
  ];
}

/**
 * Tries every threat under every way of isolating that this host has.
 * @returns a table for people, or the reports as JSON
 */
export async function probe({ json }: { json: boolean }): Promise<string> {
  const columns: Column[] = [];
  for (const { name, without } of WAYS) {
    const sandbox = openSandbox({ without });
    const secrets = { hidden: [`${FIXTURES}/private`] };
    columns.push({ name, report: await runCanary({ sandbox, secrets, strict: false, thorough: true }) });
    await sandbox.close();
  }
  if (json)
    return JSON.stringify(
      Object.fromEntries(columns.map(({ name, report }) => [name, report])),
      undefined,
      2,
    );
  const lines = columns.map(
    ({ name, report }) => `${name}: level ${report.level}: ${report.layers.join(', ')}`,
  );
  const details = columns.flatMap(({ name, report }) =>
    Object.entries(report.open).map(([threat, how]) => `${name}: ${THREATS[threat as Threat]}: ${how}`),
  );
  return [...lines, '', ...table(columns), '', ...details].join('\n').trimEnd();
}
