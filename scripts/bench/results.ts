import { availableParallelism, cpus, loadavg } from 'node:os';
import { renderTable } from '../terminal/table.ts';
import type { BenchRow } from './configuration.ts';

/** The machine, the rows as a table, and the memory of each configuration (MiB). */
export function describeResults(rows: readonly BenchRow[], peaks: ReadonlyMap<string, number>): string {
  const table = renderTable(
    [
      { name: 'workload' },
      { name: 'backend' },
      { name: 'median ms', align: 'right' },
      { name: 'min ms', align: 'right' },
      { name: 'runs', align: 'right' },
      { name: 'x stock', align: 'right' },
    ],
    rows.map(({ name, backend, medianMs, minMs, runs, ratioToStock }) => [
      name,
      backend,
      medianMs.toFixed(1),
      minMs.toFixed(1),
      runs,
      ratioToStock?.toFixed(2) ?? '',
    ]),
  );
  const memory = [...peaks].map(([name, peak]) => `${name} ${peak.toFixed(0)}`).join(', ');
  return [
    `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`,
    table,
    `peak resident memory of a process, MiB: ${memory}`,
  ].join('\n\n');
}
