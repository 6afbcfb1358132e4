import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gradeOverlay } from '../../corpus/graded.ts';
import { buildZip } from '../../ingest/build-zip.ts';

const FILE = 'style-modules/content-loss.ts';
const OTHER = 'style-modules/tv-loss.ts';

it('a right solution earns all in a zip from PowerShell inside a zip, saved as UTF-16 under the name of a copy', async () => {
  const report = await gradeOverlay({
    parts: ['content-loss', 'tv-loss'],
    arrange: (folder) => {
      const utf16 = Buffer.from(`\uFEFF${readFileSync(join(folder, FILE), 'utf8')}`, 'utf16le');
      const utf8 = Buffer.from(`\uFEFF${readFileSync(join(folder, OTHER), 'utf8')}`);
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      const zip = buildZip([
        { name: 'A3\\style-modules\\content-loss (1).ts', content: utf16 },
        { name: 'A3\\style-modules\\tv-loss.ts', content: utf8 },
      ]);
      writeFileSync(join(folder, 'a3.zip'), Buffer.concat([zip, Buffer.from('\r\n')]));
    },
  });
  expect(report.score).toBe(report.points);
  expect(report.notices.filter(({ severity }) => severity === 'info').map(({ text }) => text)).toEqual([
    'What is graded lies in another zip inside, a3.zip',
    'The zip was read without the 2 bytes after its end',
    'style-modules/content-loss (1).ts was taken for style-modules/content-loss.ts',
    'Backslashes in the names of files were taken for folders',
    'style-modules/content-loss.ts is saved as UTF-16; save it as UTF-8',
  ]);
});
