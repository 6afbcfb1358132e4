import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { gradeOverlay } from './graded.ts';
import { styles, submissions, type WrittenStyle } from './styles/styles.ts';

const FEWEST_STYLES = 60;

/** Whether a style is right is judged here, not how long it takes where other programs run. */
const TIME_FACTOR = { wasm: 4, cpu: 20 } as const;
const BACKENDS = ['wasm', 'cpu'] as const;
/** Gradings at a time. */
const turn = pLimit(2);

/** Puts the files of some styles into the folder of a submission. */
function writeStyles(folder: string, group: readonly WrittenStyle[]): void {
  for (const [path, text] of group.flatMap(({ files }) => [...files])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

it(`there are at least ${FEWEST_STYLES} styles of right solutions, no two alike`, () => {
  const parts = [...new Set(styles.map(({ part }) => part))];
  const counts = parts.map((part) => `${part} ${styles.filter((style) => style.part === part).length}`);
  const summary = `${styles.length} styles in ${submissions.length} submissions`;
  process.stdout.write(`${[summary, ...counts].join('\n  ')}\n`);
  expect(styles.length).toBeGreaterThanOrEqual(FEWEST_STYLES);
  expect(new Set(styles.map(({ files }) => JSON.stringify([...files]))).size).toBe(styles.length);
});

describe.each(BACKENDS)('on %s', (backend) => {
  it.concurrent.each(submissions.map((group, i) => [i + 1, group] as const))(
    'the styles of submission %i earn every point',
    async (_, group) => {
      const parts = group.map(({ part }) => part);
      const report = await turn(() =>
        gradeOverlay({
          arrange: (folder) => writeStyles(folder, group),
          parts,
          backend,
          timeFactor: TIME_FACTOR[backend],
        }),
      );
      const styleOf = new Map(group.map(({ part, name }) => [part, name]));
      const unhappy = report.parts.flatMap(({ id, checks }) =>
        checks
          .filter(({ outcome }) => outcome !== 'passed')
          .map((check) => `${id} (${styleOf.get(id)}): ${check.id}: ${check.message.join(' ')}`),
      );
      expect(unhappy).toEqual([]);
      expect(report.parts.map(({ id }) => id).sort()).toEqual([...parts].sort());
    },
    1_800_000,
  );
});
