import { median } from './median.ts';
import { nameOf, STOCK, type BenchRow, type Configuration, type Sample } from './configuration.ts';

interface Entry {
  readonly configuration: string;
  readonly workload: string;
  readonly times: number[];
}

/** The times of all turns, by workload and configuration. */
export class CollectedTimes {
  readonly #entries = new Map<string, Entry>();

  add(configuration: Configuration, samples: readonly Sample[]): void {
    const name = nameOf(configuration);
    for (const { name: workload, times } of samples) {
      const key = `${name}\n${workload}`;
      const entry = this.#entries.get(key) ?? { configuration: name, workload, times: [] };
      entry.times.push(...times);
      this.#entries.set(key, entry);
    }
  }

  /** A row for each workload and configuration, by workload. */
  rows(): BenchRow[] {
    const entries = [...this.#entries.values()];
    const stock = new Map(
      entries
        .filter(({ configuration }) => configuration === STOCK)
        .map(({ workload, times }) => [workload, median(times)]),
    );
    return entries
      .toSorted((a, b) => (a.workload < b.workload ? -1 : a.workload > b.workload ? 1 : 0))
      .map(({ workload, configuration, times }) => {
        const stockMs = stock.get(workload);
        return {
          name: workload,
          backend: configuration,
          medianMs: median(times),
          minMs: Math.min(...times),
          runs: times.length,
          ...(stockMs !== undefined && configuration !== STOCK
            ? { ratioToStock: stockMs / median(times) }
            : {}),
        };
      });
  }
}
