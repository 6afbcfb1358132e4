import { runCanary } from '../../grader/sandbox/canary/canary.ts';
import { THREATS, type IsolationReport, type Threat } from '../../grader/sandbox/isolation.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Means } from '../../grader/sandbox/layers.ts';
import { FIXTURES } from '../../repository.ts';
import { startProgress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';

/** Each leaves out more than the one before it. */
const WAYS: readonly { readonly name: string; readonly without: readonly Means[] }[] = [
  { name: 'everything', without: [] },
  { name: 'no bubblewrap', without: ['bubblewrap'] },
  { name: 'no compiler', without: ['bubblewrap', 'compiler'] },
  { name: 'no Landlock', without: ['bubblewrap', 'landlock'] },
  { name: 'util-linux', without: ['bubblewrap', 'compiler', 'perl'] },
  { name: 'watchdog only', without: ['bubblewrap', 'compiler', 'perl', 'util-linux'] },
];

interface Probed {
  readonly name: string;
  readonly report: IsolationReport;
}

function table(probed: readonly Probed[]): string {
  return renderTable(
    [{ name: 'an attempt to' }, ...probed.map(({ name }) => ({ name }))],
    (Object.entries(THREATS) as [Threat, string][]).map(([threat, text]) => [
      text,
      ...probed.map(({ report }) => (report.open[threat] === undefined ? 'holds' : 'OPEN')),
    ]),
  );
}

async function probeAll(): Promise<Probed[]> {
  const probed: Probed[] = [];
  const progress = startProgress({ title: 'ways of isolating', total: WAYS.length });
  try {
    for (const { name, without } of WAYS) {
      progress.at(probed.length, name);
      const sandbox = openSandbox({ without });
      const secrets = { hidden: [`${FIXTURES}/private`] };
      probed.push({ name, report: await runCanary({ sandbox, secrets, strict: false, thorough: true }) });
      await sandbox.close();
      progress.at(probed.length, name);
    }
  } finally {
    progress.end();
  }
  return probed;
}

/**
 * Tries every threat under every way of isolating that this host has.
 * @returns a table for people, or the reports as JSON
 */
export async function probe({ json }: { json?: boolean }): Promise<string> {
  const probed = await probeAll();
  if (json)
    return JSON.stringify(Object.fromEntries(probed.map(({ name, report }) => [name, report])), undefined, 2);
  const lines = probed.map(
    ({ name, report }) => `${name}: level ${report.level}: ${report.layers.join(', ')}`,
  );
  const details = probed.flatMap(({ name, report }) =>
    Object.entries(report.open).map(([threat, how]) => `${name}: ${THREATS[threat as Threat]}: ${how}`),
  );
  return [...lines, '', table(probed), '', ...details].join('\n').trimEnd();
}
